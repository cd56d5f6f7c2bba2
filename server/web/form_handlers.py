"""What the panel's calls about a school's own form do."""

from __future__ import annotations

from addon.actions import Json, pushed
from addon.cards import choose_card, form_card, forms_card, pupils_card, result_card
from addon.cards.template import CHOSEN, page_of
from addon.event import FILE_ID
from addon.views import FormsView
from server.web.handlers import Visit
from server.web.ports import FormAsk
from server.web.present import result_view

_CARRIED = ("do", "form", "file", "number", "was", "page", "pupil")
_LONGEST = 120


def own_form(visit: Visit) -> Json:
    """The list of forms, or one of them, after what the button asks for."""
    do, form_id = visit.event.parameters.get("do", ""), _id(visit, "form")
    if do == "make" and _id(visit, "file"):
        return _shown(visit, FormAsk(do="make", file_id=_id(visit, "file")), changed=True)
    if not form_id:
        return pushed(forms_card(_forms(visit), visit.links))
    match do:
        case "confirm":
            return _shown(visit, FormAsk(do=do, form_id=form_id), changed=True)
        case "change":
            ask = FormAsk(
                do=do, form_id=form_id, number=_number(visit, "number"), tag=_chosen(visit), was=_was(visit)
            )
            return _shown(visit, ask, changed=True, page=page_of(ask.number))
        case "choose":
            found = visit.services.form(visit.caller, FormAsk(form_id=form_id))
            return pushed(choose_card(found, _number(visit, "number"), visit.links))
        case "pupils":
            found_pupils = visit.services.form_pupils(visit.caller)
            return pushed(pupils_card(form_id, found_pupils, visit.links, page=_number(visit, "page")))
        case "preview":
            done = visit.services.preview_form(visit.caller, form_id, visit.pupil_id)
            return pushed(result_card(result_view("Preview", done), visit.links))
        case "use":
            done = visit.services.use_form(visit.caller, form_id)
            return pushed(result_card(result_view("Your own form", done), visit.links), changed=True)
    return _shown(visit, FormAsk(form_id=form_id), page=_number(visit, "page"))


def again(visit: Visit) -> tuple[str, dict[str, str]]:
    """The same call once more after trouble, with what was chosen in the dropdown."""
    sent = {name: visit.event.parameters[name] for name in _CARRIED if visit.event.parameters.get(name)}
    chosen = next(iter(visit.event.inputs.get(CHOSEN, ())), visit.event.parameters.get(CHOSEN, ""))
    return visit.links.form, {**sent, CHOSEN: chosen} if chosen else sent


def _shown(visit: Visit, ask: FormAsk, *, changed: bool = False, page: int = 1) -> Json:
    return pushed(form_card(visit.services.form(visit.caller, ask), visit.links, page=page), changed=changed)


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


def _number(visit: Visit, name: str) -> int:
    given = visit.event.parameters.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 0


def _was(visit: Visit) -> str:
    return visit.event.parameters.get("was", "")[:_LONGEST]


def _chosen(visit: Visit) -> str:
    """The field chosen in the dropdown, or before it failed; "" for none, which takes the tag out."""
    given = next(iter(visit.event.inputs.get(CHOSEN, ())), visit.event.parameters.get(CHOSEN, ""))
    return "" if given == "-" else given
