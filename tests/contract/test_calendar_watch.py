"""Push messages: a channel on this machine gets a bodyless POST for every change, until it is stopped or over."""

from __future__ import annotations

from typing import Any

import clients
import pytest
import requests
from googleapiclient.errors import HttpError
from push_receiver import Receiver

from sandbox.server import RunningSandbox

SENCO, OTHER = "senco@school.example", "other@school.example"
EVENT = {"id": "event001", "start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}


@pytest.fixture
def senco(api: Any) -> Any:
    return api("calendar", "v3", SENCO)


def hook(receiver: Receiver, **more: Any) -> dict[str, Any]:
    return {"id": "channel-1", "type": "web_hook", "address": receiver.address, **more}


def refusal(request: Any) -> tuple[int, str]:
    with pytest.raises(HttpError) as error:
        request.execute()
    return error.value.status_code, error.value.error_details[0]["reason"]


def test_a_channel_says_sync_and_then_every_change(senco: Any, receiver: Receiver) -> None:
    channel = senco.events().watch(calendarId="primary", body=hook(receiver, token="t=1")).execute()
    assert channel["kind"] == "api#channel"
    first, body = receiver.got.get(timeout=10)
    assert body == b""
    assert first["X-Goog-Channel-ID"] == channel["id"] == "channel-1"
    assert first["X-Goog-Resource-ID"] == channel["resourceId"]
    assert first["X-Goog-Resource-URI"] == channel["resourceUri"]
    assert (first["X-Goog-Channel-Token"], first["X-Goog-Message-Number"]) == ("t=1", "1")
    assert first["X-Goog-Channel-Expiration"].endswith("GMT")
    assert (first["X-Goog-Resource-State"], first["Content-Length"]) == ("sync", "0")
    senco.events().insert(calendarId="primary", body=EVENT).execute()
    second, body = receiver.got.get(timeout=10)
    assert (second["X-Goog-Resource-State"], second["X-Goog-Message-Number"], body) == ("exists", "2", b"")


def test_a_guests_channel_hears_of_an_invitation_alone(senco: Any, api: Any, receiver: Receiver) -> None:
    guest = api("calendar", "v3", OTHER)
    guest.events().watch(calendarId="primary", body=hook(receiver)).execute()
    senco.events().insert(calendarId="primary", body=EVENT).execute()
    senco.events().list(calendarId="primary").execute()
    invited = EVENT | {"id": "event002", "attendees": [{"email": OTHER}]}
    senco.events().insert(calendarId="primary", body=invited).execute()
    assert receiver.states(2) == ["sync", "exists"]
    assert receiver.got.empty()


def test_a_stopped_channel_is_silent_and_cannot_be_stopped_again(
    senco: Any, receiver: Receiver, sandbox_server: RunningSandbox
) -> None:
    channel = senco.events().watch(calendarId="primary", body=hook(receiver)).execute()
    named = {"id": channel["id"], "resourceId": channel["resourceId"]}
    assert refusal(senco.channels().stop(body=named | {"resourceId": "else"})) == (404, "notFound")
    assert not senco.channels().stop(body=named).execute()
    assert refusal(senco.channels().stop(body=named)) == (404, "notFound")
    senco.events().insert(calendarId="primary", body=EVENT).execute()
    sandbox_server.workspace.services["push channels"].courier.settle()
    assert receiver.states(1) == ["sync"]
    assert receiver.got.empty()


def test_a_channel_ends_at_its_time_on_the_sandboxs_clock(
    senco: Any, receiver: Receiver, sandbox_server: RunningSandbox
) -> None:
    senco.events().watch(calendarId="primary", body=hook(receiver, params={"ttl": "60"})).execute()
    sandbox_server.workspace.clock.advance(59)
    senco.events().insert(calendarId="primary", body=EVENT).execute()
    sandbox_server.workspace.clock.advance(2)
    senco.events().insert(calendarId="primary", body=EVENT | {"id": "event002"}).execute()
    sandbox_server.workspace.services["push channels"].courier.settle()
    assert receiver.states(2) == ["sync", "exists"]
    assert receiver.got.empty()


def test_a_channel_lasts_a_week_unless_it_says_otherwise(
    senco: Any, receiver: Receiver, sandbox_server: RunningSandbox
) -> None:
    channel = senco.events().watch(calendarId="primary", body=hook(receiver)).execute()
    now = sandbox_server.workspace.clock.now().timestamp() * 1000
    assert 6.9 < (int(channel["expiration"]) - now) / 86_400_000 <= 7


def test_rules_and_lists_are_watched_too(senco: Any, receiver: Receiver) -> None:
    senco.acl().watch(calendarId="primary", body=hook(receiver)).execute()
    senco.calendarList().watch(body=hook(receiver, id="channel-2")).execute()
    senco.settings().watch(body=hook(receiver, id="channel-3")).execute()
    assert receiver.states(3) == ["sync"] * 3
    rule = {"role": "reader", "scope": {"type": "user", "value": OTHER}}
    senco.acl().insert(calendarId="primary", body=rule).execute()
    senco.calendars().insert(body={"summary": "Second"}).execute()
    heard = [receiver.got.get(timeout=10)[0]["X-Goog-Channel-ID"] for _ in range(2)]
    assert heard == ["channel-1", "channel-2"]


def test_a_deleted_calendar_exists_no_more(senco: Any, receiver: Receiver) -> None:
    calendar = senco.calendars().insert(body={"summary": "Second"}).execute()["id"]
    senco.events().watch(calendarId=calendar, body=hook(receiver)).execute()
    senco.calendars().delete(calendarId=calendar).execute()
    assert receiver.states(2) == ["sync", "not_exists"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"address": "http://example.org/hook"}, (400, "push.webhookUrlNotHttps")),
        ({"type": "carrier_pigeon"}, (400, "invalid")),
        ({"id": ""}, (400, "required")),
        ({"address": ""}, (400, "required")),
        ({"id": "x" * 65}, (400, "invalid")),
        ({"expiration": "1000"}, (400, "invalid")),
    ],
)
def test_a_channel_that_cannot_be_is_refused(
    senco: Any, receiver: Receiver, body: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert refusal(senco.events().watch(calendarId="primary", body=hook(receiver) | body)) == expected


def test_nothing_is_ever_sent_off_this_machine(sandbox_server: RunningSandbox, receiver: Receiver) -> None:
    token = clients.credentials(sandbox_server, SENCO).token
    answer = requests.post(
        f"{sandbox_server.url}/calendar/v3/calendars/primary/events/watch",
        json=hook(receiver) | {"address": "https://example.org/hook"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )
    assert answer.json()["kind"] == "api#channel"
    courier = sandbox_server.workspace.services["push channels"].courier
    courier.settle()
    assert courier.sent == [("https://example.org/hook", "sync", 0)]


def test_an_id_is_used_once(senco: Any, receiver: Receiver) -> None:
    senco.events().watch(calendarId="primary", body=hook(receiver)).execute()
    assert refusal(senco.events().watch(calendarId="primary", body=hook(receiver))) == (400, "channelIdNotUnique")


def test_a_receiver_that_is_gone_holds_nobody_up(senco: Any, sandbox_server: RunningSandbox) -> None:
    deaf = {"id": "channel-1", "type": "web_hook", "address": "http://127.0.0.1:9/hook"}
    senco.events().watch(calendarId="primary", body=deaf).execute()
    senco.events().insert(calendarId="primary", body=EVENT).execute()
    courier = sandbox_server.workspace.services["push channels"].courier
    courier.settle()
    assert [(state, status) for _, state, status in courier.sent] == [("sync", 0), ("exists", 0)]
