"""Who may do what: a file's own grants and those of the folders above it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.drive.files import DriveState, File
from sandbox.drive.inheritance import effective, role_of
from sandbox.drive.permissions import Permission, permission_id
from sandbox.drive.types import FOLDER

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def file(id_: str, owner: str, *grants: Permission, parents: tuple[str, ...] = (), mime_type: str = FOLDER) -> File:
    own = Permission(type="user", role="owner", target=owner)
    return File(
        id=id_,
        name=id_,
        mime_type=mime_type,
        owner=owner,
        parents=list(parents),
        created=NOW,
        modified=NOW,
        permissions={grant.id: grant for grant in (own, *grants)},
    )


def user(email: str, role: str, **more: Any) -> Permission:
    return Permission(type="user", role=role, target=email, **more)


def drive(*files: File) -> DriveState:
    return DriveState(files={f.id: f for f in files})


def test_access_is_the_union_up_the_tree() -> None:
    top = file("top", "senco@s.example", user("parent@p.example", "reader"))
    middle = file("middle", "senco@s.example", user("parent@p.example", "commenter"), parents=("top",))
    leaf = file("leaf", "senco@s.example", user("other@p.example", "reader"), parents=("middle",))
    state = drive(top, middle, leaf)
    assert role_of(state, leaf, "Parent@P.example", NOW) == "commenter"
    assert role_of(state, leaf, "other@p.example", NOW) == "reader"
    assert role_of(state, middle, "other@p.example", NOW) == ""


def test_each_source_of_access_is_shown() -> None:
    top = file("top", "senco@s.example", user("parent@p.example", "writer"))
    leaf = file("leaf", "senco@s.example", user("parent@p.example", "reader"), parents=("top",))
    entry = effective(drive(top, leaf), leaf, NOW)[permission_id("user", "parent@p.example")]
    assert entry.role == "writer"
    assert [(d.role, d.inherited_from) for d in entry.details] == [("reader", ""), ("writer", "top")]
    assert not entry.inherited_only


def test_a_folders_owner_edits_what_others_put_into_it() -> None:
    folder = file("folder", "senco@s.example")
    leaf = file("leaf", "teacher@s.example", parents=("folder",))
    assert role_of(drive(folder, leaf), leaf, "senco@s.example", NOW) == "writer"


def test_a_lapsed_grant_gives_nothing() -> None:
    leaf = file("leaf", "senco@s.example", user("ta@s.example", "reader", expires=NOW))
    state = drive(leaf)
    assert role_of(state, leaf, "ta@s.example", NOW - timedelta(seconds=1)) == "reader"
    assert role_of(state, leaf, "ta@s.example", NOW) == ""


def test_a_link_grant_opens_a_file_but_does_not_list_it() -> None:
    leaf = file("leaf", "senco@s.example", Permission(type="anyone", role="reader"))
    state = drive(leaf)
    assert role_of(state, leaf, "stranger@x.example", NOW) == "reader"
    assert role_of(state, leaf, "stranger@x.example", NOW, discoverable=True) == ""


def test_a_domain_grant_reaches_that_domain_only() -> None:
    leaf = file("leaf", "senco@s.example", Permission(type="domain", role="reader", target="s.example"))
    state = drive(leaf)
    assert role_of(state, leaf, "any@s.example", NOW) == "reader"
    assert role_of(state, leaf, "any@sub.s.example", NOW) == ""


def test_a_persons_permission_id_is_the_same_everywhere() -> None:
    assert permission_id("user", "Parent@P.example") == permission_id("user", "parent@p.example")
    assert permission_id("anyone", "") == "anyoneWithLink"
