"""What is taken for granted about the protocol that all the APIs share."""

from __future__ import annotations

from typing import Any

import requests
from ground import Google
from live.on_sheets import book
from live.outcome import Outcome, assumption, judged, person

EXPECTED = {"Sheets": 400, "Docs": 400, "Drive": 200, "Calendar": 200}
GRANTS = {
    "nonsense": ({"grant_type": "nonsense"}, 400, "unsupported_grant_type"),
    "unknown client": (
        {"grant_type": "refresh_token", "refresh_token": "x", "client_id": "nobody"},
        401,
        "invalid_client",
    ),
    "unsigned": (
        {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "not.a.token"},
        400,
        "invalid_request",
    ),
}


@assumption("Unknown fields in a body.")
def unknown_fields(google: Google) -> Outcome:
    own, folder, calendar = book(google), google.folder, google.calendar
    day = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}
    several: dict[str, tuple[str, dict[str, Any]]] = {
        "Sheets": (f"/v4/spreadsheets/{own.id}:batchUpdate", {"requests": [], "sheep": 1}),
        "Docs": ("/v1/documents", {"title": "x", "sheep": 1}),
        "Drive": ("/drive/v3/files", {"name": "x", "parents": [folder], "sheep": 1}),
        "Calendar": (f"/calendar/v3/calendars/{calendar}/events", {**day, "sheep": 1}),
    }
    answers = {name: google.request("POST", path, json=body) for name, (path, body) in several.items()}
    said = "; ".join(f"{name} {answer.status_code}" for name, answer in answers.items())
    fits = {name: answer.status_code for name, answer in answers.items()} == EXPECTED
    return judged(fits, f"A field called sheep: {said}.")


@assumption("Parts of a batch.")
def batch_parts(google: Google) -> Outcome:
    calendar = google.service("calendar", "v3")
    one, events, answers = google.event_id(), calendar.events(), []
    batch = calendar.new_batch_http_request(callback=lambda _, answer, error: answers.append(error or answer))
    day = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}
    batch.add(events.insert(calendarId=google.calendar, body={"id": one, **day}))
    batch.add(events.get(calendarId=google.calendar, eventId=one))
    batch.add(events.get(calendarId=google.calendar, eventId=google.event_id()))
    batch.execute()
    kinds = ["done" if isinstance(answer, dict) else f"refused with {answer.status_code}" for answer in answers]
    return judged(
        kinds == ["done", "done", "refused with 404"], f"Insert, get of it, get of another: {', '.join(kinds)}."
    )


@assumption("Words of the token endpoint.")
def token_words(google: Google) -> Outcome:
    address = f"{google.base}/token" if google.base else "https://oauth2.googleapis.com/token"
    found, fits = [], True
    for name, (form, status, error) in GRANTS.items():
        answer = requests.post(address, data=form, timeout=60)
        body = answer.json()
        found.append(f"{name}: {answer.status_code} {body.get('error')} ({body.get('error_description')})")
        fits = fits and (answer.status_code, body.get("error")) == (status, error)
    return judged(fits, "; ".join(found))


@assumption("Words of a quota.")
def quota_words(google: Google) -> Outcome:
    return person(
        "In the Google Cloud console set a quota of the project to 1 a minute, run any command twice within it, and "
        "compare the refusal with the words in docs/reference/sandbox-coverage.md."
    )


@assumption("No token at all.")
def no_token(google: Google) -> Outcome:
    answer = google.request("GET", "/calendar/v3/users/me/calendarList", signed_in=False)
    error = answer.json()["error"]
    reason = next(iter(error.get("errors", [{}])), {}).get("reason", "")
    return judged(answer.status_code in (401, 403), f"Without a token: {answer.status_code} {reason}.")


@assumption("Headers of caching.")
def headers(google: Google) -> Outcome:
    paths = {
        "Drive": "/drive/v3/about?fields=kind",
        "Calendar": f"/calendar/v3/calendars/{google.calendar}",
        "Sheets": f"/v4/spreadsheets/{book(google).id}?fields=spreadsheetId",
    }
    answers = {name: google.request("GET", path) for name, path in paths.items()}
    told = {name: answer.headers.get("Cache-Control", "none") for name, answer in answers.items()}
    tagged = [name for name, answer in answers.items() if "ETag" in answer.headers]
    fits = "no-store" in told["Drive"] and "no-store" in told["Calendar"] and told["Sheets"].startswith("private")
    said = "; ".join(f"{name}: {words}" for name, words in told.items())
    return judged(fits and not tagged, f"Cache-Control is {said}. An ETag header comes from: {tagged or 'none'}.")


@assumption("Small answers uncompressed.")
def small(google: Google) -> Outcome:
    sent = {"Accept-Encoding": "gzip", "User-Agent": "live-check (gzip)"}
    answer = google.request("GET", "/drive/v3/about?fields=kind", headers=sent)
    coding = answer.headers.get("Content-Encoding", "none")
    return judged(coding != "gzip", f"An answer of {len(answer.content)} bytes has the content encoding {coding}.")


@assumption("Words about signed assertions.")
def assertions(google: Google) -> Outcome:
    return person(
        "With a service account's key, send the token endpoint an assertion for another audience and one that ends "
        "in two hours, and compare the refusals with docs/reference/sandbox-wire.md."
    )


@assumption("Unknown query parameters.")
def unknown_parameters(google: Google) -> Outcome:
    paths = {
        "Drive": "/drive/v3/about?fields=kind&sheep=1",
        "Calendar": f"/calendar/v3/calendars/{google.calendar}?sheep=1",
        "Sheets": f"/v4/spreadsheets/{book(google).id}?fields=spreadsheetId&sheep=1",
    }
    found = {name: google.request("GET", path).status_code for name, path in paths.items()}
    said = ", ".join(f"{name} {status}" for name, status in found.items())
    return judged(found == {"Drive": 200, "Calendar": 200, "Sheets": 400}, f"A parameter called sheep: {said}.")


@assumption("Keys for what is public.")
def keys(google: Google) -> Outcome:
    return person(
        "Make an API key in the project, share a spreadsheet with anybody who has its link, and read it with key= "
        "and without a token; then try to write with the key, and to read with a wrong one."
    )
