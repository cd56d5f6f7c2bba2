"""Answers nest as each kind of caller expects."""

from __future__ import annotations

from addon.actions import opened, pushed, request_file_scope, request_scopes, start_over, updated

CARD = {"name": "home"}


def test_a_trigger_is_answered_with_render_actions() -> None:
    assert opened(CARD) == {"action": {"navigations": [{"pushCard": CARD}]}}


def test_a_widget_is_answered_with_a_submit_form_response() -> None:
    assert pushed(CARD) == {"renderActions": {"action": {"navigations": [{"pushCard": CARD}]}}}
    assert pushed(CARD, changed=True)["stateChanged"] is True
    assert updated(CARD, notice="Done") == {
        "renderActions": {"action": {"navigations": [{"updateCard": CARD}], "notification": {"text": "Done"}}}
    }
    assert start_over(CARD) == {
        "renderActions": {"action": {"navigations": [{"popToRoot": True}, {"updateCard": CARD}]}}
    }


def test_each_navigation_does_exactly_one_thing() -> None:
    for answer in (pushed(CARD), updated(CARD, notice="Done"), start_over(CARD)):
        for step in answer["renderActions"]["action"]["navigations"]:
            assert len(step) == 1


def test_the_file_scope_is_asked_of_the_editor() -> None:
    assert request_file_scope() == {
        "renderActions": {"hostAppAction": {"editorAction": {"requestFileScopeForActiveDocument": {}}}}
    }


def test_scopes_are_asked_for_outside_render_actions() -> None:
    assert request_scopes(frozenset({"b", "a"})) == {"requesting_google_scopes": {"scopes": ["a", "b"]}}
