"""The page at the sandbox's ``/``: Drive, a sheet, a Doc, a calendar, the outbox, and the add-on's side panel beside
them. It plays Google's part: it looks and edits as a person does, and calls the add-on as Google's hosts would."""

from sandbox.host.config import HostConfig, Person
from sandbox.host.pages import register_host

__all__ = ["HostConfig", "Person", "register_host"]
