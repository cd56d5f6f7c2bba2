"""What the panel's calls about the workbooks do: look first, then upgrade them or move pupils between them."""

from __future__ import annotations

from addon.actions import Json, pushed
from addon.cards import result_card, workbooks_card
from server.web.handlers import Visit
from server.web.ports import Done
from server.web.present import result_view


def workbooks(visit: Visit) -> Json:
    """What an upgrade or a move would do; or it is done, as the button asks."""
    match visit.event.parameters.get("do", ""):
        case "upgrade":
            return _told(visit, "Upgrading the workbooks", visit.services.upgrade_workbooks(visit.caller))
        case "move":
            return _told(visit, "Moving pupils", visit.services.move_pupils(visit.caller))
    return pushed(workbooks_card(visit.services.workbooks(visit.caller), visit.links))


def _told(visit: Visit, title: str, done: Done) -> Json:
    return pushed(result_card(result_view(title, done), visit.links), changed=done.changed)
