"""What the panel's calls about a school's own sheet do."""

from __future__ import annotations

import re
from dataclasses import replace

from addon.actions import Json, pushed, stepped_back
from addon.cards import cells_card, choose_column_card, columns_card, result_card, sheets_card, trial_card
from addon.cards.sheet import CHOSEN, LINK
from addon.event import FILE_ID
from addon.sheet_views import SheetsView, SheetTap
from server.web.handlers import Visit
from server.web.present import result_view
from sheets_templates.imports.choices import is_key

_IN_LINK = re.compile(r"(?:/d/|[?&]id=)([A-Za-z0-9_-]{1,200})")
_FIELD = re.compile(r"[a-z_]+(?:\.[a-z0-9_]+){1,2}")
_VERDICTS = ("taken", "changed", "left", "ask")
_KINDS = ("plans", "pupils")


def own_sheet(visit: Visit) -> Json:
    """Which sheet, or one of them, after what the button asks for."""
    tap = _tap(visit)
    if not tap.file_id:
        return pushed(sheets_card(_at_hand(visit), visit.links))
    match visit.event.parameters.get("do", ""):
        case "choose":
            found = visit.services.sheet(visit.caller, tap)
            return pushed(choose_column_card(found, _column(visit), visit.links))
        case "change":
            return _changed(visit, tap)
        case "try":
            return pushed(trial_card(visit.services.try_sheet(visit.caller, tap), visit.links))
        case "cells":
            verdict = visit.event.parameters.get("verdict", "")
            shown = verdict if verdict in _VERDICTS else "left"
            trial = visit.services.try_sheet(visit.caller, tap, shown)
            return pushed(cells_card(trial, shown, _page(visit), visit.links))
        case "import":
            done = visit.services.bring_sheet(visit.caller, tap, visit.event.parameters.get("mark", "")[:40])
            return pushed(result_card(result_view("Your own sheet", done), visit.links), changed=done.changed)
    return pushed(columns_card(visit.services.sheet(visit.caller, tap), visit.links, _page(visit)))


def _changed(visit: Visit, tap: SheetTap) -> Json:
    given = next(iter(visit.event.inputs.get(CHOSEN, ())), "")
    key = _column(visit)
    if is_key(key) and (given == "-" or _FIELD.fullmatch(given)):
        tap = replace(tap, columns={**tap.columns, key: "" if given == "-" else given})
    return stepped_back(columns_card(visit.services.sheet(visit.caller, tap), visit.links))


def _tap(visit: Visit) -> SheetTap:
    """What the button carries; anything of another shape counts as missing."""
    told = visit.event.parameters
    kind = told.get("kind", "")
    return SheetTap(
        file_id=_file_id(visit),
        kind=kind if kind in _KINDS else "",
        sen_only=told.get("sen") == "1",
        update=told.get("update") == "1",
        columns=dict(_choices("".join(told.get(f"c{number}", "") for number in range(20)))),
    )


def _choices(text: str) -> list[tuple[str, str]]:
    pairs = [pair.partition("=") for pair in text.split(";")[:400]]
    return [(key, field) for key, equals, field in pairs if equals and is_key(key) and _is_field(field)]


def _is_field(text: str) -> bool:
    return not text or _FIELD.fullmatch(text) is not None


def _file_id(visit: Visit) -> str:
    given = visit.event.parameters.get("file", "")
    if FILE_ID.fullmatch(given):
        return given
    typed = next(iter(visit.event.inputs.get(LINK, ())), "").strip()
    found = _IN_LINK.search(typed)
    return found[1] if found else typed if FILE_ID.fullmatch(typed) and len(typed) > 15 else ""


def _at_hand(visit: Visit) -> SheetsView:
    file = visit.event.file if visit.event.host in ("DRIVE", "SHEETS") else None
    if file is None or not file.granted:
        return SheetsView()
    return SheetsView(file_id=file.id, title=file.title or "The sheet beside this panel")


def _column(visit: Visit) -> str:
    return visit.event.parameters.get("column", "")[:20]


def _page(visit: Visit) -> int:
    given = visit.event.parameters.get("page", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 0
