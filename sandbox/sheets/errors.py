"""What Sheets refuses, in its own words.

::

    Refused            the request can't be done: 400 INVALID_ARGUMENT once ``routes`` has said where it stood
    ApiError           everything else, made by the functions here
"""

from __future__ import annotations

from sandbox.call import ApiError

PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove "
    "protection if you need to edit."
)
CUT_MERGE = "You can't perform a paste that partially intersects a merge."
CELL_TOO_LONG = "Your input contains more than the maximum of 50000 characters in a single cell."
TOO_MANY_CELLS = "This action would increase the number of cells in the workbook above the limit of 10000000 cells."
TOO_MANY_COLUMNS = "This action would increase the number of columns in the sheet above the limit of 18278 columns."


class Refused(Exception):
    """A request that Sheets would answer with 400; ``str()`` is Google's sentence without its place."""


def invalid(message: str) -> ApiError:
    return ApiError(400, message, status_name="INVALID_ARGUMENT")


def not_found(message: str = "Requested entity was not found.") -> ApiError:
    return ApiError(404, message, status_name="NOT_FOUND", reason="notFound")


def denied() -> ApiError:
    return ApiError(403, "The caller does not have permission", status_name="PERMISSION_DENIED", reason="forbidden")


def not_built(method: str) -> ApiError:
    return ApiError(501, f"The sandbox has not built {method}.", status_name="UNIMPLEMENTED", reason="notImplemented")
