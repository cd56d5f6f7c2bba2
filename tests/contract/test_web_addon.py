"""The add-on over HTTP: real signed tokens, real certificates, and no work for anybody who has none."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from doors import calls
from flask.testing import FlaskClient
from google.apps import card_v1
from google.protobuf import json_format

from addon.sheet_views import ColumnLine, SheetTap, SheetView, TrialView
from addon.views import FormTag, FormView, WorkbooksView
from sandbox.oauth.keys import unknown_key
from sandbox.oauth.tokens import mint_id_token
from sandbox.server import RunningSandbox
from server import manifest as manifests
from server.google.endpoints import Endpoints
from server.google.identity import UserIdentity, Verifier
from server.plans.model import Cycle, Problem, Pupil, School, Settings
from server.plans.rules import findings
from server.plans.trouble import Busy, InUse, Invalid, NotVisible, ScopeMissing, Trouble
from server.web import paths
from server.web.app import create_app
from server.web.ports import AtHand, Caller, CopyState, Done, FormAsk, WebSettings
from server.web.scopes import CALENDAR, FILES
from server.workflows.day_log import Tap as SessionTap

BASE = "https://plans.school.example"
RUNTIME = "service-1@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
CLIENT = "senplans.apps.googleusercontent.com"
MANIFEST = json.loads((Path(manifests.__file__).parents[1] / "manifest.json").read_text("utf-8"))
ADDRESSES = manifests.audiences(manifests.for_base_url(MANIFEST, BASE))
TODAY = date(2026, 11, 23)
SCHOOL = School(
    settings=Settings(name="Quillbrook"),
    pupils=(Pupil(pupil_id="P1", first_name="Juma", last_name="Mfano", sen_status="K", cells={"x": "Pupils!A2"}),),
    cycles=(
        Cycle(cycle_id="P1-C1", pupil="P1", plan_agreed_date=date(2026, 9, 14), review_due_date=date(2026, 11, 13)),
    ),
)
AT_HAND = AtHand(
    school=SCHOOL,
    today=TODAY,
    is_publisher=True,
    findings=findings(SCHOOL, TODAY),
    problems=(Problem(cell="Plan!F17", message="This is not a date."),),
    copies=(CopyState(pupil_id="P1", household="P1-H1"),),
)


@dataclass
class Service:
    """A school's service that writes down what it was asked, with the real verifier at its gate."""

    verifier: Verifier
    at_hand: AtHand | None = AT_HAND
    trouble: Exception | None = None
    asked: list[tuple[str, Caller]] = field(default_factory=list)

    def verify_system(self, token: str) -> None:
        self.verifier.system(token)

    def verify_user(self, token: str) -> UserIdentity:
        return self.verifier.user(token)

    def survey(self, caller: Caller) -> AtHand | None:
        self._note("survey", caller)
        return self.at_hand

    def publish(self, caller: Caller, *, pupil_id: str | None) -> Done | None:
        self._note(f"publish {pupil_id}", caller)
        return self._done("1 copy was updated.")

    def sync(self, caller: Caller) -> Done | None:
        self._note("sync", caller)
        return self._done("2 meetings were added.")

    def workbooks(self, caller: Caller) -> WorkbooksView:
        self._note("workbooks", caller)
        return WorkbooksView(upgrades=(("Our plans", "new tabs: Moves"),), can_upgrade=True)

    def upgrade_workbooks(self, caller: Caller) -> Done:
        self._note("upgrade", caller)
        return Done(happened=("Our plans: new tabs: Moves.",))

    def move_pupils(self, caller: Caller) -> Done:
        self._note("move", caller)
        return Done(happened=("Moved: P1.",))

    def note_session(self, caller: Caller, tap: SessionTap) -> bool:
        self._note(f"{tap.day} {tap.provision_id} {tap.number} {tap.took_place}", caller)
        return self.at_hand is not None

    def install(self, caller: Caller, *, shape: str = "") -> Done:
        self._note(f"install {shape}".strip(), caller)
        return Done(happened=("Your workbooks were made.",))

    def forms(self, caller: Caller) -> tuple[tuple[str, str], ...]:
        self._note("forms", caller)
        return (("form1", "Our form – with tags"),)

    def form(self, caller: Caller, ask: FormAsk) -> FormView:
        self._note(f"form {ask.do} {ask.form_id or ask.file_id} {ask.number} {ask.tag}".strip(), caller)
        tag = FormTag(number=1, tag="pupil.dob", said="Born", name="Date of birth", confidence="Sure")
        return FormView(form_id="form1", title="Our form", tags=(tag,), fields=(("pupil.dob", "Date of birth"),))

    def form_pupils(self, caller: Caller) -> tuple[tuple[str, str], ...]:
        return ()

    def preview_form(self, caller: Caller, form_id: str, pupil_id: str) -> Done:
        self._note(f"preview {form_id} {pupil_id}", caller)
        return Done(happened=("The preview stands in the folder.",))

    def use_form(self, caller: Caller, form_id: str) -> Done:
        self._note(f"use {form_id}", caller)
        return Done(happened=("Copies are made from your own form.",))

    def sheet(self, caller: Caller, tap: SheetTap) -> SheetView:
        self._note(f"sheet {tap.file_id} {dict(tap.columns)}", caller)
        return SheetView(title="Ours", tap=tap, columns=(ColumnLine(key="~0123456789", heading="Target"),))

    def try_sheet(self, caller: Caller, tap: SheetTap, verdict: str = "") -> TrialView:
        self._note(f"try {tap.file_id} {tap.update} {tap.sen_only} {verdict}".strip(), caller)
        return TrialView(title="Ours", tap=tap, mark="abc")

    def bring_sheet(self, caller: Caller, tap: SheetTap, mark: str) -> Done:
        self._note(f"bring {tap.file_id} {mark}", caller)
        return Done(happened=("3 rows added.",))

    def _note(self, what: str, caller: Caller) -> None:
        self.asked.append((what, caller))
        if self.trouble:
            raise self.trouble

    def _done(self, happened: str) -> Done | None:
        publishes = self.at_hand is not None and self.at_hand.is_publisher
        return Done(happened=(happened,), not_changed=("Nothing else.",)) if publishes else None


Tap = Callable[..., Any]


@pytest.fixture
def service(sandbox_server: RunningSandbox) -> Service:
    return Service(
        Verifier(
            Endpoints.at(sandbox_server.url),
            system_audiences=ADDRESSES,
            service_account=RUNTIME,
            oauth_client_id=CLIENT,
        )
    )


@pytest.fixture
def log() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def web(service: Service, log: io.StringIO) -> Iterator[FlaskClient]:
    with create_app(service, WebSettings(base_url=BASE), log_to=log).test_client() as client:
        yield client


@pytest.fixture
def system(sandbox_server: RunningSandbox) -> Callable[..., str]:
    def mint(path: str, **changed: Any) -> str:
        return mint_id_token(sandbox_server.workspace, **{"email": RUNTIME, "audience": BASE + path, **changed})

    return mint


@pytest.fixture
def tap(web: FlaskClient, system: Callable[..., str]) -> Tap:
    """Call the add-on as Google does. ``header`` replaces the Authorization header."""

    def call(path: str, *, header: str | None = None, **changes: Any) -> Any:
        sent = {"Authorization": f"Bearer {system(path)}" if header is None else header}
        return web.post(path, json=event(**changes), headers=sent)

    return call


def event(
    host: str = "SHEETS",
    scopes: frozenset[str] | None = FILES | CALENDAR,
    granted: bool = True,
    user_id_token: str = "",
    token: str = "ya29.token",
    **parameters: str,
) -> dict[str, Any]:
    authorization: dict[str, Any] = {"userOAuthToken": token, "userIdToken": user_id_token}
    if scopes is not None:
        authorization["authorizedScopes"] = sorted(scopes)
    return {
        "commonEventObject": {"hostApp": host, "parameters": parameters},
        "authorizationEventObject": authorization,
        "sheets": {"id": "1AbC", "title": "SEN plans", "addonHasFileScopePermission": True} if granted else {},
    }


def card_in(answer: Mapping[str, Any], *, trigger: bool) -> Mapping[str, Any]:
    """The one card of an answer of this kind, checked with Google's own message type."""
    action = answer["action"] if trigger else answer["renderActions"]["action"]
    (card,) = (card for step in action["navigations"] for name, card in step.items() if name.endswith("Card"))
    json_format.ParseDict(dict(card), card_v1.Card.pb()())
    return dict(card)


def texts(card: Mapping[str, Any]) -> str:
    return json.dumps(card, ensure_ascii=False)


# The gate --------------------------------------------------------------------------------------------

NOW = time.time()
WRONG: Mapping[str, Mapping[str, Any]] = {
    "forged": {"key": unknown_key()},
    "expired": {"issued_at": NOW - 7200, "expires_at": NOW - 3600},
    "not yet valid": {"issued_at": NOW + 3600, "expires_at": NOW + 7200},
    "for another address": {"audience": "https://elsewhere.example/addon/home"},
    "for the bare host": {"audience": BASE},
    "by another caller": {"email": "service-2@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"},
    "of an unverified address": {"email_verified": False},
    "by another issuer": {"issuer": "https://accounts.evil.example"},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("path", [paths.HOME, paths.PUBLISH])
def test_a_token_that_is_wrong_gets_401_and_no_work_is_done(
    tap: Tap, service: Service, system: Callable[..., str], wrong: Mapping[str, Any], path: str
) -> None:
    answer = tap(path, header=f"Bearer {system(path, **wrong)}")
    assert answer.status_code == 401
    assert answer.json == {"error": "not_signed_in"}
    assert service.asked == []


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer x.y.z", "Basic c2VuY286c2VuY28=", "Bearer " + "a" * 9_000]
)
@pytest.mark.parametrize("path", [*paths.TRIGGERS, *paths.WIDGETS])
def test_no_token_gets_401_everywhere_and_nothing_is_fetched(
    tap: Tap, service: Service, sandbox_server: RunningSandbox, header: str, path: str
) -> None:
    assert tap(path, header=header).status_code == 401
    assert service.asked == []
    assert calls(sandbox_server) == {}


def test_the_token_in_the_body_does_not_stand_in_for_the_header(
    web: FlaskClient, service: Service, system: Callable[..., str]
) -> None:
    body = event()
    body["authorizationEventObject"]["systemIdToken"] = system(paths.HOME)
    assert web.post(paths.HOME, json=body).status_code == 401
    assert service.asked == []


def test_somebody_elses_user_token_gets_401(tap: Tap, service: Service, sandbox_server: RunningSandbox) -> None:
    for wrong in ({"audience": "another-client"}, {"key": unknown_key()}, {"issued_at": 1, "expires_at": 2}):
        token = mint_id_token(sandbox_server.workspace, **{"email": "jo@school.example", "audience": CLIENT, **wrong})
        assert tap(paths.HOME, user_id_token=token).status_code == 401
    assert service.asked == []


def test_a_person_is_known_by_their_verified_token(
    tap: Tap, service: Service, sandbox_server: RunningSandbox
) -> None:
    token = mint_id_token(sandbox_server.workspace, email="jo@school.example", audience=CLIENT)
    assert tap(paths.HOME, user_id_token=token).status_code == 200
    ((_, caller),) = service.asked
    assert (caller.email, caller.token, caller.spreadsheet_id) == ("jo@school.example", "ya29.token", "1AbC")
    assert "ya29" not in repr(caller)


def test_bodies_that_are_no_events_are_refused_after_the_token(
    web: FlaskClient, service: Service, system: Callable[..., str]
) -> None:
    allowed = {"Authorization": f"Bearer {system(paths.HOME)}"}
    assert web.post(paths.HOME, data="{", headers=allowed, content_type="application/json").status_code == 400
    assert (
        web.post(paths.HOME, data="[" * 90_000, headers=allowed, content_type="application/json").status_code == 400
    )
    assert web.post(paths.HOME, json=[], headers=allowed).status_code == 400
    assert web.post(paths.HOME, data="a=b", headers=allowed).status_code == 415
    large = json.dumps({"junk": "x" * 1_000_001})
    assert web.post(paths.HOME, data=large, headers=allowed, content_type="application/json").status_code == 413
    assert service.asked == []


def test_health_needs_no_token_and_other_addresses_are_not_there(web: FlaskClient) -> None:
    assert web.get(paths.HEALTH).json == {"status": "ok"}
    assert web.get(paths.HOME).status_code == 405
    assert web.post("/addon/other").status_code == 404
    with web.get(paths.LOGO) as logo:
        assert logo.data.startswith(b"\x89PNG")


# Consent ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "granted", "asked"),
    [
        (paths.HOME, frozenset(), FILES),
        (paths.PUPIL, CALENDAR, FILES),
        (paths.SYNC, FILES, CALENDAR),
        (paths.SYNC, frozenset(), FILES | CALENDAR),
    ],
)
def test_a_missing_scope_is_asked_for_and_nothing_is_done(
    tap: Tap, service: Service, path: str, granted: frozenset[str], asked: frozenset[str]
) -> None:
    assert tap(path, scopes=granted).json == {"requesting_google_scopes": {"scopes": sorted(asked)}}
    assert service.asked == []


def test_without_an_access_token_scopes_are_asked_for(tap: Tap, service: Service) -> None:
    assert tap(paths.HOME, token="").json == {"requesting_google_scopes": {"scopes": sorted(FILES)}}
    assert service.asked == []


def test_a_scope_that_google_finds_missing_is_asked_for(tap: Tap, service: Service) -> None:
    service.trouble = ScopeMissing("missing")
    assert tap(paths.SYNC, scopes=None).json == {"requesting_google_scopes": {"scopes": sorted(FILES | CALENDAR)}}


def test_calendar_consent_is_not_needed_to_look(tap: Tap) -> None:
    assert "action" in tap(paths.SHEETS_HOME, scopes=FILES).json


# File scope ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [paths.SHEETS_HOME, paths.FILE_GRANTED])
def test_a_sheet_not_opened_to_us_asks_for_that_file_and_reads_nothing(tap: Tap, service: Service, path: str) -> None:
    card = card_in(tap(path, granted=False).json, trigger=True)
    assert card["name"] == "file-scope"
    assert f"{BASE}{paths.FILE_SCOPE}" in texts(card)
    assert service.asked == []


def test_the_button_asks_google_for_the_file(tap: Tap) -> None:
    assert tap(paths.FILE_SCOPE, granted=False).json == {
        "renderActions": {"hostAppAction": {"editorAction": {"requestFileScopeForActiveDocument": {}}}}
    }


def test_the_granted_file_opens_the_home_card(tap: Tap, service: Service) -> None:
    assert card_in(tap(paths.FILE_GRANTED).json, trigger=True)["name"] == "home"
    assert service.asked[0][1].spreadsheet_id == "1AbC"


# Cards -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", paths.TRIGGERS)
def test_triggers_are_answered_with_render_actions(tap: Tap, path: str) -> None:
    answer = tap(path)
    assert set(answer.json) == {"action"}
    card = card_in(answer.json, trigger=True)
    assert card["header"]["title"] == "Quillbrook"
    assert "Review due 2026-11-13 is 10 days overdue" in texts(card)
    assert "Plan!F17" in texts(card)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (paths.CHECK, "home"),
        (paths.PUPIL, "pupil"),
        (paths.PUBLISH, "result"),
        (paths.SYNC, "result"),
        (paths.SETUP, "result"),
    ],
)
def test_widgets_are_answered_with_a_submit_form_response(tap: Tap, path: str, name: str) -> None:
    answer = tap(path, pupil="P1").json
    changes = path in (paths.PUBLISH, paths.SYNC, paths.SETUP)
    assert set(answer) == ({"renderActions", "stateChanged"} if changes else {"renderActions"})
    assert card_in(answer, trigger=False)["name"] == name


def test_the_pupil_card_shows_the_step_and_what_is_missing(tap: Tap) -> None:
    card = texts(card_in(tap(paths.PUPIL, pupil="P1").json, trigger=False))
    assert "Step 4 of 4: Review" in card
    assert "13 November 2026, 10 days overdue" in card
    assert "The plan is in use but lacks" in card
    again = tap(paths.PUPIL, pupil="P1", again="yes").json["renderActions"]["action"]
    assert set(again["navigations"][0]) == {"updateCard"}


@pytest.mark.parametrize("pupil", ["P9", "", "<b>", "x" * 500])
def test_an_unknown_pupil_is_a_problem_card_without_an_echo(tap: Tap, pupil: str) -> None:
    card = card_in(tap(paths.PUPIL, pupil=pupil).json, trigger=False)
    assert card["name"] == "problem"
    assert "<b>" not in texts(card)


def test_publish_does_one_pupil_or_all(tap: Tap, service: Service) -> None:
    tap(paths.PUBLISH, pupil="P1")
    tap(paths.PUBLISH)
    assert [what for what, _ in service.asked] == ["publish P1", "publish None"]


def test_a_teachers_publish_is_a_request_that_shares_nothing(tap: Tap, service: Service) -> None:
    service.at_hand = AtHand(school=SCHOOL, today=TODAY, is_publisher=False)
    card = card_in(tap(paths.PUBLISH, pupil="P1").json, trigger=False)
    assert card["name"] == "sharing"
    assert "Ready to share" in texts(card)
    assert card_in(tap(paths.SYNC).json, trigger=False)["name"] == "sharing"


def test_somebody_without_a_school_is_offered_to_set_one_up(tap: Tap, service: Service) -> None:
    service.at_hand = None
    card = card_in(tap(paths.HOME).json, trigger=True)
    assert f"{BASE}{paths.SETUP}" in texts(card)
    service.trouble = NotVisible("none")
    assert card_in(tap(paths.CHECK).json, trigger=False)["name"] == "setup"
    service.trouble = None
    assert card_in(tap(paths.SETUP).json, trigger=False)["name"] == "result"


@pytest.mark.parametrize(
    ("parameters", "asked", "name"),
    [({}, "workbooks", "workbooks"), ({"do": "upgrade"}, "upgrade", "result"), ({"do": "move"}, "move", "result")],
)
def test_workbooks_are_looked_at_first_and_changed_only_by_their_buttons(
    tap: Tap, service: Service, parameters: dict[str, str], asked: str, name: str
) -> None:
    answer = tap(paths.WORKBOOKS, **parameters).json
    assert [what for what, _ in service.asked] == [asked]
    assert card_in(answer, trigger=False)["name"] == name
    assert ("stateChanged" in answer) == bool(parameters)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"list": "overdue"}, "Review due 2026-11-13 is 10 days overdue"),
        ({"mover": "senco"}, "SENCO"),
        ({"list": "<b>"}, "Nothing waits"),
        ({"mover": "nobody"}, "Nothing waits"),
        ({"by": "adult"}, "Help by adult"),
    ],
)
def test_worklists_are_read_and_nothing_else(
    tap: Tap, service: Service, parameters: dict[str, str], words: str
) -> None:
    assert words in texts(card_in(tap(paths.WORK, **parameters).json, trigger=False))
    assert [what for what, _ in service.asked] == ["survey"]


def test_a_tap_of_the_days_list_is_written_down_once_and_the_list_is_shown_afresh(tap: Tap, service: Service) -> None:
    told = {"pupil": "P1", "help": "V1", "number": "1", "day": "2026-11-23"}
    answer = tap(paths.TODAY, took="no", **told).json["renderActions"]["action"]
    assert [what for what, _ in service.asked] == ["2026-11-23 V1 1 False", "survey"]
    assert set(answer["navigations"][0]) == {"updateCard"}
    assert answer["notification"]["text"] == "Written down: it did not take place."


@pytest.mark.parametrize(
    "wrong", [{"day": "yesterday"}, {"help": "<b>"}, {"pupil": ""}, {"number": "99"}, {"number": ""}, {"number": "١"}]
)
def test_a_tap_that_names_no_session_writes_nothing(tap: Tap, service: Service, wrong: dict[str, str]) -> None:
    told = {"pupil": "P1", "help": "V1", "number": "1", "day": "2026-11-23", "took": "yes", **wrong}
    assert card_in(tap(paths.TODAY, **told).json, trigger=False)["name"] == "problem"
    assert service.asked == []


# Trouble ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (Busy("Google is busy."), "Wait a minute"),
        (InUse("Another run is at work."), "Wait until the other run"),
        (Invalid("The template has a loop.", place="line 3"), "line 3"),
        (Trouble("Odd."), "quote the code"),
    ],
)
def test_expected_trouble_is_a_card_with_a_code(tap: Tap, service: Service, trouble: Trouble, words: str) -> None:
    service.trouble = trouble
    answer = tap(paths.PUBLISH)
    assert answer.status_code == 200
    card = texts(card_in(answer.json, trigger=False))
    assert trouble.message in card
    assert words in card
    assert "What was finished before this stays as it is" in card


def test_a_failed_look_says_that_nothing_was_changed(tap: Tap, service: Service) -> None:
    service.trouble = Busy("Google is busy.")
    assert "Nothing was changed." in texts(card_in(tap(paths.HOME).json, trigger=True))


def test_card_and_log_share_a_code_and_the_log_holds_no_name_and_no_token(
    tap: Tap, service: Service, log: io.StringIO
) -> None:
    service.trouble = KeyError("Juma Mfano ya29.token")
    answer = tap(paths.HOME)
    assert answer.status_code == 200
    card = texts(card_in(answer.json, trigger=True))
    lines = log.getvalue()
    failed = next(json.loads(row) for row in lines.splitlines() if '"failed"' in row)
    assert failed["reference"] in card
    assert failed["kind"] == "KeyError"
    assert failed["place"].startswith("test_web_addon:")
    assert "Juma" not in lines + card
    assert "ya29" not in lines + card
    assert "Traceback" not in lines


def test_every_line_of_the_log_is_json_without_people(
    tap: Tap, log: io.StringIO, sandbox_server: RunningSandbox
) -> None:
    token = mint_id_token(sandbox_server.workspace, email="jo@school.example", audience=CLIENT)
    tap(paths.HOME, user_id_token=token)
    tap(paths.PUPIL, pupil="P1")
    tap(paths.HOME, header="Bearer x")
    lines = log.getvalue()
    assert [json.loads(row)["event"] for row in lines.splitlines()] == ["answered", "answered", "refused"]
    for secret in ("jo@", "Juma", "P1", "ya29", token):
        assert secret not in lines


def test_when_google_cannot_vouch_for_the_caller_nobody_is_let_in(
    service: Service, system: Callable[..., str]
) -> None:
    service.verifier = Verifier(
        Endpoints.at("http://127.0.0.1:9"),
        system_audiences=ADDRESSES,
        service_account=RUNTIME,
        oauth_client_id=CLIENT,
    )
    with create_app(service, WebSettings(base_url=BASE)).test_client() as web:
        answer = web.post(paths.HOME, json=event(), headers={"Authorization": f"Bearer {system(paths.HOME)}"})
    assert answer.status_code == 503
    assert service.asked == []


@pytest.mark.parametrize(
    ("parameters", "asked"),
    [
        ({}, "forms"),
        ({"do": "make", "file": "abc"}, "form make abc 0"),
        ({"do": "show", "form": "form1"}, "form show form1 0"),
        ({"do": "choose", "form": "form1", "number": "1"}, "form show form1 0"),
        ({"do": "confirm", "form": "form1"}, "form confirm form1 0"),
        ({"do": "change", "form": "form1", "number": "7"}, "form change form1 7"),
        ({"do": "preview", "form": "form1", "pupil": "P1"}, "preview form1 P1"),
        ({"do": "use", "form": "form1"}, "use form1"),
        ({"do": "use", "form": "../etc"}, "forms"),
        ({"do": "change", "form": "form1", "number": "9e9"}, "form change form1 0"),
    ],
)
def test_the_form_button_does_what_it_says_and_no_more(
    tap: Tap, service: Service, parameters: dict[str, str], asked: str
) -> None:
    assert tap(paths.FORM, **parameters).status_code == 200
    assert [what for what, _ in service.asked] == [asked]


@pytest.mark.parametrize(
    ("parameters", "asked"),
    [
        ({}, []),
        ({"file": "../etc"}, []),
        ({"file": "f1"}, ["sheet f1 {}"]),
        ({"file": "f1", "do": "choose", "column": "~0123456789"}, ["sheet f1 {}"]),
        (
            {"file": "f1", "c0": "~0123456789=pupils.dob;~01=x;evil=pupils.dob;"},
            ["sheet f1 {'~0123456789': 'pupils.dob'}"],
        ),
        ({"file": "f1", "c0": "~0123456789=;", "c1": "~aaaaaaaaaa=<b>;"}, ["sheet f1 {'~0123456789': ''}"]),
        ({"file": "f1", "do": "try", "update": "1", "sen": "yes"}, ["try f1 True False"]),
        ({"file": "f1", "do": "cells", "verdict": "__class__"}, ["try f1 False False left"]),
        ({"file": "f1", "do": "import", "mark": "abc"}, ["bring f1 abc"]),
    ],
)  # fmt: skip
def test_the_sheet_button_does_what_it_says_and_no_more(
    tap: Tap, service: Service, parameters: dict[str, str], asked: list[str]
) -> None:
    assert tap(paths.SHEET, **parameters).status_code == 200
    assert [what for what, _ in service.asked] == asked
