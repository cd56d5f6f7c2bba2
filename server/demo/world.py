"""A pretend town for the demo: a sandbox with an account for everybody the file of plans names, and a stranger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from types import TracebackType
from zoneinfo import ZoneInfo

from sandbox.oauth.state import Client, ServiceAccount, oauth_state
from sandbox.oauth.tokens import mint_access_token
from sandbox.server import RunningSandbox, serve
from sandbox.state import User, Workspace
from server import manifest
from server.demo.sample import Row, SampleFile, people_of
from server.plans.mailbox import address
from server.settings import Settings

CLIENT = "senplans-demo.apps.sandbox.example"
READER_CLIENT = "google-drive-itself.sandbox.example"
ADDON_ACCOUNT = "service-100200300@gcp-sa-gsuiteaddons.iam.sandbox.example"
STRANGER = "stranger@elsewhere.example"
SCOPES = tuple(manifest.load()["oauthScopes"])
READ_SCOPES = ("https://www.googleapis.com/auth/drive.readonly",)
SCHOOL_STARTS = time(9, 0)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with an account. ``role`` is what the demo calls them."""

    email: str
    name: str
    role: str
    school_id: str = ""


class World:
    """A running sandbox with its people. ``today`` is where its clock stands."""

    def __init__(self, sample: SampleFile, today: date, *, port: int = 0) -> None:
        self.sample = sample
        self.today = today
        self.people: dict[str, Person] = {}
        for person in _people(sample):
            self.people.setdefault(person.email, person)
        workspace = Workspace()
        self._populate(workspace)
        self.sandbox: RunningSandbox = serve(workspace, port)

    def _populate(self, workspace: Workspace) -> None:
        moment = datetime.combine(self.today, SCHOOL_STARTS, ZoneInfo("Europe/London"))
        workspace.clock.set(moment.astimezone(UTC))
        for person in self.people.values():
            workspace.users[person.email] = User(email=person.email, name=person.name)
        state = oauth_state(workspace)
        state.clients[CLIENT] = Client(client_id=CLIENT)
        state.clients[READER_CLIENT] = Client(client_id=READER_CLIENT)
        account = ServiceAccount(email=ADDON_ACCOUNT, client_id=CLIENT, public_key="")
        state.service_accounts[ADDON_ACCOUNT] = account
        workspace.users[ADDON_ACCOUNT] = User(email=ADDON_ACCOUNT, name="Workspace add-ons", service_account=True)

    def __enter__(self) -> World:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.sandbox.close()

    def senco(self, school_id: str) -> Person:
        """The person who publishes for a school."""
        return next(p for p in self.people.values() if p.school_id == school_id and p.role == "SENCO")

    def token(self, email: str) -> str:
        """An access token as the add-on would be given it."""
        return mint_access_token(self.sandbox.workspace, email=email, client_id=CLIENT, scopes=SCOPES)

    def reading_token(self, email: str) -> str:
        """A token that reads whatever Drive lets this person read, as opening a link does."""
        return mint_access_token(self.sandbox.workspace, email=email, client_id=READER_CLIENT, scopes=READ_SCOPES)

    def settings(self, school_id: str) -> Settings:
        """Settings under which this school's SENCO works."""
        senco = self.senco(school_id).email
        return Settings(google_url=self.sandbox.url, token=self.token(senco), publisher=senco)


def _people(sample: SampleFile) -> Iterator[Person]:
    """Everybody with an address. A school without a SENCO in its staff table is given one."""
    for row in people_of(sample, "staff"):
        if email := address(str(row["email"])):
            yield Person(email=email, name=str(row.get("name", "")), role=_role(row), school_id=_school(row))
    for row in people_of(sample, "contacts"):
        if email := address(str(row["email"])):
            yield Person(email=email, name=str(row.get("name", "")), role="Parent or carer")
    for setting in sample.tables["settings"]:
        if not any(_is_senco(row, setting) for row in sample.tables["staff"]):
            yield _stand_in(setting)
    yield Person(email=STRANGER, name="A stranger", role="Stranger")


def _is_senco(row: Row, setting: Row) -> bool:
    return (
        _role(row) == "SENCO" and _school(row) == str(setting["setting_id"]) and bool(address(str(row.get("email"))))
    )


def _stand_in(setting: Row) -> Person:
    school_id = str(setting["setting_id"])
    letters = "".join(c for c in school_id.lower() if c.isascii() and c.isalnum()) or "school"
    email = address(f"senco@{setting.get('email_domain')}") or f"senco@{letters}.school.example"
    return Person(email=email, name="SENCO", role="SENCO", school_id=school_id)


def _role(row: Row) -> str:
    role = str(row.get("role", ""))
    return "SENCO" if role.strip().casefold() in ("senco", "sendco") else role


def _school(row: Row) -> str:
    return str(row.get("setting_id") or "")
