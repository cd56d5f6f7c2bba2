"""Events from Google: everything optional, nothing trusted, no token in sight."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.event import BadEvent, Event, OpenFile, parse_event

FILE_SCOPE = "https://www.googleapis.com/auth/drive.file"
FULL: dict[str, Any] = {
    "commonEventObject": {
        "hostApp": "SHEETS",
        "platform": "WEB",
        "userLocale": "en-GB",
        "timeZone": {"id": "Europe/London", "offset": 0},
        "formInputs": {
            "who": {"stringInputs": {"value": ["Ann", "Bob"]}},
            "day": {"dateInput": {"msSinceEpoch": "1700000000000"}},
            "other": {"dateInput": {"msSinceEpoch": 1700000000000}},
        },
        "parameters": {"pupil": "P01"},
    },
    "authorizationEventObject": {
        "userOAuthToken": "ya29.secret",
        "userIdToken": "id.secret",
        "systemIdToken": "system.secret",
        "authorizedScopes": [FILE_SCOPE],
    },
    "sheets": {"id": "1AbC", "title": "Plans", "addonHasFileScopePermission": True},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


def test_a_whole_event_is_read() -> None:
    event = parse_event(FULL)
    assert (event.host, event.platform, event.locale, event.time_zone) == ("SHEETS", "WEB", "en-GB", "Europe/London")
    assert event.parameters == {"pupil": "P01"}
    assert event.inputs == {"who": ("Ann", "Bob"), "day": ("1700000000000",), "other": ("1700000000000",)}
    assert event.file == OpenFile(id="1AbC", title="Plans", granted=True)
    assert event.spreadsheet_id == "1AbC"
    assert event.scopes == {FILE_SCOPE}
    assert not event.lacks_file_scope


def test_an_empty_event_is_read_too() -> None:
    assert parse_event({}) == Event()


@pytest.mark.parametrize("body", [None, [], "event", 5, True])
def test_what_is_no_object_is_no_event(body: object) -> None:
    with pytest.raises(BadEvent):
        parse_event(body)


def test_tokens_never_show_in_a_repr() -> None:
    assert "secret" not in repr(parse_event(FULL))


@pytest.mark.parametrize(
    "sheets",
    [
        {},
        {"id": "1AbC"},
        {"id": "1AbC", "addonHasFileScopePermission": False},
        {"id": "1AbC", "addonHasFileScopePermission": "true"},
        {"id": "../../etc", "addonHasFileScopePermission": True},
        {"id": "x" * 300, "addonHasFileScopePermission": True},
        "1AbC",
        None,
    ],
)
def test_an_ungranted_spreadsheet_is_none_at_all(sheets: object) -> None:
    event = parse_event({**FULL, "sheets": sheets})
    assert event.spreadsheet_id == ""
    assert event.lacks_file_scope


def test_drive_and_calendar_never_lack_a_file() -> None:
    for host in ("DRIVE", "CALENDAR"):
        event = parse_event({"commonEventObject": {"hostApp": host}})
        assert not event.lacks_file_scope
        assert event.spreadsheet_id == ""


def test_a_spreadsheet_chosen_in_drive_counts_and_a_picture_does_not() -> None:
    item = {"id": "1AbC", "addonHasFileScopePermission": True, "mimeType": "application/vnd.google-apps.spreadsheet"}
    drive = {"commonEventObject": {"hostApp": "DRIVE"}, "drive": {"activeCursorItem": item}}
    assert parse_event(drive).spreadsheet_id == "1AbC"
    assert (
        parse_event({**drive, "drive": {"activeCursorItem": {**item, "mimeType": "image/png"}}}).spreadsheet_id == ""
    )


def test_scopes_not_told_are_not_called_missing() -> None:
    assert parse_event({}).lacks(frozenset({FILE_SCOPE})) == frozenset()
    nothing_granted = {"authorizationEventObject": {"authorizedScopes": []}}
    assert parse_event(nothing_granted).lacks(frozenset({FILE_SCOPE})) == {FILE_SCOPE}


def test_oversized_tokens_and_texts_count_as_missing() -> None:
    event = parse_event(
        {
            "authorizationEventObject": {"userOAuthToken": "x" * 10_001},
            "commonEventObject": {"parameters": {"pupil": "x" * 2_001, "n": 5}},
        }
    )
    assert event.user_token == ""
    assert event.parameters == {"pupil": ""}


@given(JSON)
def test_no_json_makes_the_reader_fall_over(body: object) -> None:
    try:
        parse_event(body)
    except BadEvent:
        assert not isinstance(body, dict)


@given(st.sampled_from([*FULL, *FULL["commonEventObject"], *FULL["authorizationEventObject"], *FULL["sheets"]]), JSON)
def test_any_part_may_be_anything(key: str, junk: Any) -> None:
    body = json.loads(json.dumps(FULL))
    for part in (body, body["commonEventObject"], body["authorizationEventObject"], body["sheets"]):
        if key in part:
            part[key] = junk
    event = parse_event(body)
    assert isinstance(event.spreadsheet_id, str)
    assert all(isinstance(value, str) for value in event.parameters.values())
