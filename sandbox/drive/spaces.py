"""The spaces of Drive: My Drive and shared drives here, an app's own hidden folder not.

Source of the refusal: the words that apps wait for which ask for it without its scope."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.call import Call
from sandbox.drive import errors

_HIDDEN = "appDataFolder"


def check(call: Call, spaces: Sequence[str]) -> None:
    """400 for a space that doesn't exist, 403 for the hidden one without ``drive.appdata``, 501 with it."""
    for space in spaces:
        if space == _HIDDEN:
            _refuse(call)
        elif space not in ("drive", "photos"):
            raise errors.invalid("Invalid Value", location="spaces")


def check_folder(call: Call, folder_id: str) -> None:
    """The same for the hidden folder's alias where a file's or a folder's id is asked for."""
    if folder_id == _HIDDEN:
        _refuse(call)


def _refuse(call: Call) -> None:
    if call.caller.has("drive.appdata"):
        raise errors.not_built("The Application Data folder")
    raise errors.forbidden(
        "The granted scopes do not allow use of the Application Data folder.", reason="insufficientScopes"
    )
