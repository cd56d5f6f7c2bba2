"""Drive's search language: what it finds, and what it refuses."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.call import ApiError
from sandbox.drive import query
from sandbox.drive.files import DriveState, File
from sandbox.drive.permissions import Permission
from sandbox.drive.terms import Subject

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def subject(**changes: object) -> Subject:
    owner = Permission(type="user", role="owner", target="senco@school.example")
    fields: dict[str, object] = {
        "id": "f1",
        "name": "Maya's plan 3/5",
        "mime_type": "application/vnd.google-apps.document",
        "owner": "senco@school.example",
        "parents": ["folder1"],
        "permissions": {owner.id: owner},
        "created": NOON,
        "modified": NOON,
        "app_properties": {"app": {"kind": "copy"}, "other": {"kind": "theirs"}},
        "properties": {"term": "autumn"},
    }
    file = File(**(fields | changes))
    state = DriveState(files={file.id: file}, roots={"senco@school.example": "root1"})
    return Subject(file=file, email="senco@school.example", client_id="app", state=state, now=NOON)


@pytest.mark.parametrize(
    "text",
    [
        r"name = 'Maya\'s plan 3/5'",
        r"name = 'maya\'s PLAN 3/5'",
        "name contains 'plan'",
        "name contains 'Ma'",
        "name != 'Other'",
        "mimeType = 'application/vnd.google-apps.document'",
        "mimeType contains 'application/vnd'",
        "mimeType != 'application/vnd.google-apps.folder'",
        "'folder1' in parents",
        "not 'folder2' in parents",
        "trashed = false",
        "trashed=false and 'me' in owners",
        "'senco@school.example' in writers",
        "appProperties has { key='kind' and value='copy' }",
        "properties has {key='term' and value='autumn'}",
        "modifiedTime > '2026-11-23T11:59:59'",
        "modifiedTime >= '2026-11-23T12:00:00Z' and modifiedTime <= '2026-11-23T12:00:00+00:00'",
        "createdTime < '2026-11-24'",
        "(name = 'x' or name contains 'plan') and (trashed = false)",
        "not (trashed = true or starred = true)",
        "visibility = 'limited'",
        "trashed != true",
        'name contains "plan"',
    ],
)
def test_a_query_finds_the_file_it_describes(text: str) -> None:
    assert query.parse(text)(subject())


@pytest.mark.parametrize(
    "text",
    [
        "name contains 'lan'",
        "name = 'Maya'",
        "trashed = true",
        "'me' in owners and trashed = true",
        "'root' in parents",
        "'stranger@elsewhere.example' in readers",
        "appProperties has { key='kind' and value='theirs' }",
        "modifiedTime > '2026-11-23T12:00:00'",
        "sharedWithMe",
        "sharedWithMe = true",
        "starred = true",
        "visibility = 'anyoneWithLink'",
    ],
)
def test_a_query_leaves_out_what_it_does_not_describe(text: str) -> None:
    assert not query.parse(text)(subject())


@pytest.mark.parametrize(
    "text",
    [
        "name",
        "name =",
        "name = plan",
        "id = 'f1'",
        "name > 'a'",
        "name = 'a' and",
        "(name = 'a'",
        "name = 'a')",
        "name = 'unclosed",
        "trashed = 'false'",
        "trashed > true",
        "'x' in children",
        "appProperties has {key='a'}",
        "appProperties has {value='a' and key='b'}",
        "modifiedTime > 'yesterday'",
        "visibility = 'everyone'",
        "name = 'a' name = 'b'",
        "name = 'a' & trashed = false",
        "(" * 5000 + "trashed = false" + ")" * 5000,
        "not " * 5000 + "trashed = false",
    ],
)
def test_a_query_that_google_refuses_is_refused(text: str) -> None:
    with pytest.raises(ApiError) as refused:
        query.parse(text)
    assert (refused.value.status, refused.value.reason, refused.value.location) == (400, "invalid", "q")


def test_and_and_or_bind_alike_from_left_to_right() -> None:
    assert not query.parse("trashed = false or trashed = false and trashed = true")(subject())


def test_a_lagging_property_search_finds_a_new_property_later() -> None:
    new = subject(properties_changed=NOON - timedelta(seconds=10))
    new.state.property_search_lag = timedelta(seconds=30)
    test = query.parse("appProperties has {key='kind' and value='copy'}")
    assert not test(new)
    later = Subject(file=new.file, email=new.email, client_id="app", state=new.state, now=NOON + timedelta(minutes=1))
    assert test(later)


@given(st.text(max_size=40))
def test_any_name_can_be_asked_for_when_escaped(name: str) -> None:
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    assert query.parse(f"name = '{escaped}'")(subject(name=name))


@given(st.text(alphabet="nameTrue='\"(){}<>! \\andorhasintrashedkeyvalue", max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    with contextlib.suppress(ApiError):
        query.parse(text)(subject())
