"""``files.list``: what a caller may find, in which order, a page at a time.

Source of 403 for an order with fullText: issues n8n-io/n8n 4874, a-bonus/google-docs-mcp 155; the guide says 400."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sandbox.call import ApiError, Call
from sandbox.drive import access, errors, fulltext, query, spaces
from sandbox.drive.files import File, drive_state, is_root
from sandbox.drive.inheritance import effective, role_of
from sandbox.drive.resource import file_resource
from sandbox.drive.terms import Subject
from sandbox.drive.types import FOLDER

_CORPORA = ("allDrives", "domain", "drive", "teamDrive", "user")
_BOUND = ("q", "orderBy", "corpora", "driveId", "spaces")
_FULL_TEXT = re.compile(r"\bfullText\b(?=(?:[^']|'(?:[^'\\\\]|\\\\.)*')*$)")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_KEYS: dict[str, Callable[[File, str], Any]] = {
    "createdTime": lambda f, _: f.created,
    "folder": lambda f, _: f.mime_type != FOLDER,
    "modifiedByMeTime": lambda f, email: f.modified_by.get(email, _LONG_AGO),
    "modifiedTime": lambda f, _: f.modified,
    "name": lambda f, _: f.name.casefold(),
    "name_natural": lambda f, _: _natural(f.name),
    "quotaBytesUsed": lambda f, _: len(f.content or b""),
    "recency": lambda f, _: f.modified,
    "sharedWithMeTime": lambda f, email: f.shared_with_me.get(email, _LONG_AGO),
    "starred": lambda f, email: email not in f.starred_by,
    "viewedByMeTime": lambda f, email: f.viewed_by.get(email, _LONG_AGO),
}


def list_files(call: Call) -> Mapping[str, Any]:
    """The files this token can find that answer ``q``, never another person's."""
    files, token = page(call)
    return {
        "kind": "drive#fileList",
        "incompleteSearch": False,
        "files": [file_resource(call, file) for file in files],
        **({"nextPageToken": token} if token else {}),
    }


def page(call: Call, *, old: bool = False) -> tuple[list[File], str]:
    """One page of what is found, and the next one's token or "". ``old`` takes v2's names of fields."""
    _check_corpora(call)
    spaces.check(call, str(call.params.get("spaces") or "drive").split(","))
    files = _found(call, old=old)
    size, start = _page_size(call), _start(call)
    return files[start : start + size], _token(call, start + size) if start + size < len(files) else ""


def _found(call: Call, *, old: bool) -> list[File]:
    state, now, email = drive_state(call.workspace), call.workspace.clock.now(), call.caller.email.lower()
    asked = str(call.params.get("q", ""))
    test = query.parse(asked, old=old) if asked.strip() else lambda _: True
    _check_order(call, asked)
    _check_parents(call, asked)
    indexed = fulltext.Index(call.workspace)
    files = [
        file
        for file in state.files.values()
        if not is_root(state, file.id)
        and _in_corpus(call, file)
        and role_of(state, file, email, now, discoverable=True)
        and access.visible(call.workspace, call.caller, file)
        and test(
            Subject(file=file, email=email, client_id=call.caller.client_id, state=state, now=now, indexed=indexed)
        )
    ]
    return _ordered(files, str(call.params.get("orderBy", "")), email, old=old)


def _ordered(files: list[File], order_by: str, email: str, *, old: bool) -> list[File]:
    """Sorted by each key; newest first where no order is asked for."""
    files = sorted(files, key=lambda f: (f.modified, f.id), reverse=True)
    for key in reversed([part.strip() for part in order_by.split(",") if part.strip()]):
        written, _, direction = key.partition(" ")
        name = query.OLD_NAMES.get(written, written) if old else written
        if name not in _KEYS or direction.strip() not in ("", "desc"):
            raise errors.invalid("Invalid Value", location="orderBy")
        files = _sorted(files, _KEYS[name], email, descending=bool(direction))
    return files


def _sorted(files: list[File], key: Callable[[File, str], Any], email: str, *, descending: bool) -> list[File]:
    return sorted(files, key=lambda file: key(file, email), reverse=descending)


def _natural(name: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"\d+|\D+", name.casefold())
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def _check_corpora(call: Call) -> None:
    drive_id = call.params.get("driveId") or call.params.get("teamDriveId")
    if drive_id and not _shared_wanted(call):
        raise _include_parameter_required()
    if drive_id:
        access.require_drive(call, str(drive_id), "reader")
    if bool(drive_id) != (call.params.get("corpora") in ("drive", "teamDrive")):
        raise errors.required("The driveId parameter must be specified if and only if corpora is set to drive.")
    if (corpora := call.params.get("corpora", "user")) not in _CORPORA:
        raise errors.invalid(f"Invalid value '{corpora}'. Values must match one of: {_CORPORA}", location="corpora")
    if corpora == "allDrives" and not _shared_wanted(call):
        raise _include_parameter_required()


def _check_order(call: Call, asked: str) -> None:
    if call.params.get("orderBy") and _FULL_TEXT.search(asked):
        message = (
            "Sorting is not supported for queries with fullText terms. Results are always in descending relevance"
            " order."
        )
        raise ApiError(403, message, reason="forbidden", location="orderBy", location_type="parameter")


def _include_parameter_required() -> ApiError:
    return errors.forbidden(
        "The includeItemsFromAllDrives and supportsAllDrives parameters must be enabled for this search.",
        reason="teamDrivesIncludeParameterRequired",
    )


def _shared_wanted(call: Call) -> bool:
    include = call.params.get("includeItemsFromAllDrives") or call.params.get("includeTeamDriveItems")
    return bool(include) and access.all_drives(call)


def _in_corpus(call: Call, file: File) -> bool:
    """Whether the search reaches that file: one drive's, or My Drive's and, where asked for, all drives'."""
    if drive_id := call.params.get("driveId") or call.params.get("teamDriveId"):
        return file.drive_id == str(drive_id)
    if call.params.get("corpora") == "domain":
        return _is_domains(call, file)
    return not file.drive_id or _shared_wanted(call)


def _is_domains(call: Call, file: File) -> bool:
    """Whether the caller's whole organisation may find that file."""
    home = call.caller.email.lower().rpartition("@")[2]
    grants = effective(drive_state(call.workspace), file, call.workspace.clock.now()).values()
    return any(
        (one.permission.type, one.permission.target, one.permission.allow_discovery) == ("domain", home, True)
        for one in grants
    )


def _check_parents(call: Call, asked: str) -> None:
    """A folder that the caller can't see is refused as a missing file, not answered with an empty list."""
    for folder_id in re.findall(r"'([^'\\]+)'\s+in\s+parents\b", asked):
        folder = drive_state(call.workspace).files.get(folder_id)
        known = folder_id == "root" or folder_id in drive_state(call.workspace).roots.values()
        if not known and (folder is None or not access.visible(call.workspace, call.caller, folder)):
            raise errors.not_found("")


def _page_size(call: Call) -> int:
    size = int(call.params.get("pageSize", 100))
    if not 1 <= size <= 1000:
        raise errors.invalid(
            f"Invalid value '{size}'. Values must be within the range: [1, 1000]", location="pageSize"
        )
    return size


def _start(call: Call) -> int:
    token = str(call.params.get("pageToken", ""))
    if not token:
        return 0
    try:
        position, _, asked = base64.urlsafe_b64decode(token.encode()).decode().partition(":")
        start = int(position)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise errors.invalid("Invalid Value", location="pageToken") from None
    if asked != _fingerprint(call):
        raise errors.invalid("Invalid Value", location="pageToken")
    return start


def _token(call: Call, position: int) -> str:
    return base64.urlsafe_b64encode(f"{position}:{_fingerprint(call)}".encode()).decode()


def _fingerprint(call: Call) -> str:
    """A page belongs to one person's one question."""
    asked = (call.caller.email, call.caller.client_id, *(call.params.get(name) for name in _BOUND))
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]
