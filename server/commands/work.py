"""worklists and today: what waits and for whom, and the day's sessions, for a terminal and for machines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from addon.work_views import MOVERS
from server.commands import show
from server.commands.school import opened_run
from server.plans.register import Register
from server.plans.today import Session, sessions
from server.plans.trouble import Invalid
from server.plans.worklists import LISTS, Item, Listed, by_mover, mine, worklists
from server.workflows.survey import survey

NO_LIST = "There is no worklist “{key}”. There are: {known}. Nothing was changed."
NO_STAFF = "There is nobody {staff} in Staff. Nothing was changed."


def run(*, key: str, own: str, school_id: str | None, as_json: bool, **who: Any) -> None:
    """Every worklist, or one, or those of one colleague."""
    known = [each.key for each in LISTS]
    if key and key not in known:
        raise Invalid(NO_LIST.format(key=key, known=", ".join(known)))
    with opened_run({**who, "as_json": as_json}) as opened:
        found = survey(opened, school_id)
        register = Register(found.school, opened.today)
    if own and own not in register.staff:
        raise Invalid(NO_STAFF.format(staff=own))
    lists = tuple(row for row in worklists(register, found.findings) if key in ("", row.key))
    lists = mine(lists, own) if own else lists
    if as_json:
        told = {"school_id": found.files.school_id, "day": register.today.isoformat(), "movers": by_mover(lists)}
        show.print_json({**told, "worklists": [_list_json(row) for row in lists]})
    else:
        _print(lists)


def today(*, own: str, school_id: str | None, as_json: bool, **who: Any) -> None:
    """The sessions of a day, of all or of one colleague."""
    with opened_run({**who, "as_json": as_json}) as opened:
        found = survey(opened, school_id)
        register = Register(found.school, opened.today)
    if own and own not in register.staff:
        raise Invalid(NO_STAFF.format(staff=own))
    day = sessions(register, register.today, staff_id=own)
    if as_json:
        told = {"school_id": found.files.school_id, "day": register.today.isoformat()}
        show.print_json({**told, "sessions": [_session_json(row) for row in day]})
    else:
        _print_day(day, register.today)


def _list_json(listed: Listed) -> dict[str, Any]:
    return {
        "key": listed.key,
        "title": listed.title,
        "late": listed.late,
        "items": [_item_json(item) for item in listed.items],
    }


def _item_json(item: Item) -> dict[str, Any]:
    texts = ("pupil_id", "what", "action", "level", "mover", "cell", "row", "rule")
    days = {name: day.isoformat() if day else None for name, day in (("since", item.since), ("until", item.until))}
    return {
        **{name: getattr(item, name) for name in texts},
        **days,
        "staff": list(item.staff),
        "staff_only": item.staff_only,
    }


def _session_json(row: Session) -> dict[str, Any]:
    return {
        "pupil_id": row.pupil.pupil_id,
        "provision_id": row.provision.provision_id,
        "number": row.number,
        "what": row.provision.what,
        "by_staff": row.provision.delivered_by,
        "took_place": row.entry.delivered if row.entry else None,
        "log_id": row.entry.log_id if row.entry else "",
    }


def _print(lists: Iterable[Listed]) -> None:
    console, lists = Console(), tuple(lists)
    for listed in lists:
        table = Table("Pupil", "Whose move", "Since", "By", "Cell", "What and what to do", title=listed.title)
        for item in listed.items:
            days = (str(item.since or ""), str(item.until or ""))
            move = " ".join((MOVERS[item.mover], *item.staff))
            text = f"{item.what}. {item.action}".strip()
            table.add_row(item.pupil_id, move, *days, item.cell, text, style=show.STYLES.get(item.level, ""))
        console.print(table)
    told = [f"{MOVERS[mover]}: {count}" for mover, count in by_mover(lists).items()]
    console.print(" · ".join(told) or "Nothing waits.")


def _print_day(day: Iterable[Session], today: date) -> None:
    table = Table("Pupil", "Help", "What", "By whom", "Took place", title=f"{today:%A} {today.day} {today:%B %Y}")
    rows = tuple(day)
    for row in rows:
        said = "" if row.entry is None else "yes" if row.entry.delivered else "no"
        help_ = row.provision
        table.add_row(row.pupil.pupil_id, help_.provision_id, help_.what, help_.delivered_by, said)
    Console().print(table if rows else "No help is planned for this day.")
