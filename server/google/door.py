"""One person's (or one service account's) door to Google."""

from __future__ import annotations

from functools import cached_property
from types import TracebackType

from google.auth.credentials import Credentials

from server.google.calendar import CalendarDoor
from server.google.drive import DriveDoor
from server.google.endpoints import Endpoints
from server.google.retry import ATTENDED, Patience, Waiting
from server.google.sheets import SheetsDoor
from server.google.transport import Probe, Transport


class Door:
    """Keeps the promises of ``ports.Google``. Belongs to the thread that first uses it; cheap to make.

    ``drive_id`` is the shared drive of school mode. ``probe`` sees every request before it leaves and after its
    answer came."""

    def __init__(
        self,
        credentials: Credentials,
        endpoints: Endpoints,
        *,
        drive_id: str = "",
        patience: Patience = ATTENDED,
        waiting: Waiting | None = None,
        probe: Probe | None = None,
    ) -> None:
        self._endpoints = endpoints
        self._drive_id = drive_id
        self._transport = Transport(credentials, patience=patience, waiting=waiting, probe=probe)

    @cached_property
    def sheets(self) -> SheetsDoor:
        return SheetsDoor(self._transport, self._endpoints)

    @cached_property
    def drive(self) -> DriveDoor:
        return DriveDoor(self._transport, self._endpoints, drive_id=self._drive_id)

    @cached_property
    def calendar(self) -> CalendarDoor:
        return CalendarDoor(self._transport, self._endpoints)

    def close(self) -> None:
        """Give the connections back."""
        self._transport.close()

    def __enter__(self) -> Door:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
