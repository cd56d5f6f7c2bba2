"""The edge of Sheets' handlers: what the rules refused becomes Google's 400."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.call import Call
from sandbox.sheets.errors import Refused, invalid

Answer = Callable[[Call], Mapping[str, Any]]


def answers(handler: Answer) -> Answer:
    """A handler whose Refused are answered as INVALID_ARGUMENT in their own words."""

    @functools.wraps(handler)
    def answering(call: Call) -> Mapping[str, Any]:
        try:
            return handler(call)
        except Refused as refused:
            raise invalid(str(refused)) from None

    return answering


class At:
    """Names the place of an item in its list when it is refused: ``Invalid data[2]: …``."""

    def __init__(self, where: str, place: int) -> None:
        self._prefix = f"Invalid {where}[{place}]: "

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Refused):
            raise Refused(self._prefix + str(error)) from None
