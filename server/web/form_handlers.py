"""What the panel's calls about a school's own form do."""

from __future__ import annotations

from addon.actions import Json, pushed
from addon.cards import choose_card, form_card, forms_card, result_card
from addon.cards.template import CHOSEN
from addon.event import FILE_ID
from addon.views import FormsView
from server.web.handlers import Visit
from server.web.ports import FormAsk
from server.web.present import result_view


def own_form(visit: Visit) -> Json:
    """The list of forms, or one of them, after what the button asks for."""
    do, form_id = visit.event.parameters.get("do", ""), _id(visit, "form")
    if do == "make" and _id(visit, "file"):
        return _shown(visit, FormAsk(do="make", file_id=_id(visit, "file")), changed=True)
    if not form_id:
        return pushed(forms_card(_forms(visit), visit.links))
    match do:
        case "confirm" | "change":
            ask = FormAsk(do=do, form_id=form_id, number=_number(visit), tag=_chosen(visit))
            return _shown(visit, ask, changed=True)
        case "choose":
            found = visit.services.form(visit.caller, FormAsk(form_id=form_id))
            return pushed(choose_card(found, _number(visit), visit.links))
        case "preview":
            done = visit.services.preview_form(visit.caller, form_id, visit.pupil_id)
            return pushed(result_card(result_view("Preview", done), visit.links))
        case "use":
            done = visit.services.use_form(visit.caller, form_id)
            return pushed(result_card(result_view("Your own form", done), visit.links), changed=True)
    return _shown(visit, FormAsk(form_id=form_id))


def _shown(visit: Visit, ask: FormAsk, *, changed: bool = False) -> Json:
    return pushed(form_card(visit.services.form(visit.caller, ask), visit.links), changed=changed)


def _forms(visit: Visit) -> FormsView:
    file = visit.event.file if visit.event.host in ("DRIVE", "DOCS") else None
    selected = file if file is not None and file.granted else None
    return FormsView(
        forms=visit.services.forms(visit.caller),
        file_id=selected.id if selected else "",
        title=selected.title if selected else "",
    )


def _id(visit: Visit, name: str) -> str:
    given = visit.event.parameters.get(name, "")
    return given if FILE_ID.fullmatch(given) else ""


def _number(visit: Visit) -> int:
    given = visit.event.parameters.get("number", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 0


def _chosen(visit: Visit) -> str:
    """The field chosen in the dropdown; "" for none, which takes the tag out."""
    given = next(iter(visit.event.inputs.get(CHOSEN, ())), "")
    return "" if given == "-" else given
