"""classes add|move|regroup and new-year: the workflows that change which workbook a pupil stands in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table

from server.commands import show
from server.commands.school import opened_run
from server.plans.model import Problem
from server.plans.rollover import Rise
from server.plans.trouble import Invalid
from server.workflows.new_year import NewYear, start_new_year
from server.workflows.regroup import PlannedMove, Regrouped, add_class, regroup

NOT_A_PAIR = "Write each class with what it becomes: --class “4 Oak=5 Elm”."
NO_PUPIL = "Say which pupils move, by the ids in the Pupils tab: --pupil P09."


def add(*, name: str, school_id: str | None, dry_run: bool, as_json: bool, **who: Any) -> None:
    with opened_run({**who, "as_json": as_json}) as run:
        told = add_class(run, name, school_id=school_id, dry_run=dry_run)
    _show(told, as_json=as_json)


def move(
    *, pupils: tuple[str, ...], to: str, school_id: str | None, dry_run: bool, as_json: bool, **who: Any
) -> None:
    if to and not pupils:
        raise Invalid(NO_PUPIL)
    with opened_run({**who, "as_json": as_json}) as run:
        told = regroup(run, pupils, to=to, school_id=school_id, dry_run=dry_run)
    _show(told, as_json=as_json)


def new_year(
    *,
    year: str,
    classes: tuple[str, ...],
    keep: int,
    school_id: str | None,
    dry_run: bool,
    as_json: bool,
    **who: Any,
) -> None:
    mapping = _mapping(classes)
    with opened_run({**who, "as_json": as_json}) as run:
        told = start_new_year(run, classes=mapping, year=year, keep=keep, school_id=school_id, dry_run=dry_run)
    if as_json:
        show.print_json(_year_json(told))
    else:
        _print_year(told)


def _mapping(pairs: Iterable[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        old, equals, new = (part.strip() for part in pair.partition("="))
        if not (old and equals and new):
            raise Invalid(NOT_A_PAIR, place=pair)
        found[old] = new
    return found


def _show(told: Regrouped, *, as_json: bool) -> None:
    if as_json:
        show.print_json(_regrouped_json(told))
        return
    console = Console()
    here = {each.pupil_id for each in told.moves}
    _print_moves(console, (m for m in told.moves if told.dry_run or m.pupil_id in told.moved), _title(told.dry_run))
    if earlier := [pupil for pupil in told.moved if pupil not in here]:
        console.print(f"Ended a move that was cut short before: {', '.join(earlier)}.")
    if told.made:
        console.print(f"{'Would make' if told.dry_run else 'Made'} the workbook of {', '.join(told.made)}.")
    if told.retired:
        console.print(f"Empty now, kept and out of use: {', '.join(told.retired)}.")
    if not (told.moves or told.made or told.moved or told.retired):
        console.print("Nothing to do. Nothing was changed.")
    _print_waiting(console, told.waiting)
    if told.dry_run:
        console.print("Nothing was changed.")


def _title(dry_run: bool) -> str:
    return "Would move" if dry_run else "Moved"


def _print_moves(console: Console, moves: Iterable[PlannedMove], title: str) -> None:
    table = Table("Pupil", "From", "To", "Rows", title=title)
    for each in moves:
        table.add_row(each.pupil_id, each.here, each.wanted, str(each.rows))
    if table.row_count:
        console.print(table)


def _print_waiting(console: Console, waiting: Iterable[Problem]) -> None:
    for problem in waiting:
        console.print(f"[yellow]{problem.cell}[/yellow]: {problem.message}")


def _print_year(told: NewYear) -> None:
    console = Console()
    if told.already:
        console.print(f"The school year {told.year} was started before. Nothing was changed.")
        return
    table = Table("Pupil", "Year", "Class", title=f"{'Would go' if told.dry_run else 'Went'} up, {told.year}")
    for rise in told.rises:
        table.add_row(rise.pupil_id, _arrow(rise.year), _arrow(rise.class_form))
    console.print(table if told.rises else "Nobody goes up.")
    _print_moves(console, told.moves, _title(told.dry_run))
    where = f"the archive of {told.before}"
    console.print(f"{len(told.archived)} closed cycles {'would go' if told.dry_run else 'went'} to {where}.")
    for line in _to_decide(told):
        console.print(f"[yellow]{line}[/yellow]")
    _print_waiting(console, told.waiting)
    if told.dry_run:
        console.print("Nothing was changed.")


def _arrow(pair: tuple[str, str]) -> str:
    return pair[0] if pair[0] == pair[1] else f"{pair[0]} → {pair[1]}"


def _to_decide(told: NewYear) -> Iterable[str]:
    if told.leaving:
        yield f"In the last year, and left as they are for you to decide: {', '.join(told.leaving)}."
    if told.unmapped:
        yield f"Nobody said what these classes become, so their pupils keep them: {', '.join(told.unmapped)}."


def _moves_json(moves: Iterable[PlannedMove]) -> list[dict[str, Any]]:
    return [{"pupil_id": m.pupil_id, "from": m.here, "to": m.wanted, "rows": m.rows} for m in moves]


def _regrouped_json(told: Regrouped) -> dict[str, Any]:
    return {
        "dry_run": told.dry_run,
        "moves": _moves_json(told.moves),
        "moved": list(told.moved),
        "made": list(told.made),
        "retired": list(told.retired),
        "waiting": [show.problem_json(problem) for problem in told.waiting],
    }


def _year_json(told: NewYear) -> dict[str, Any]:
    return {
        "dry_run": told.dry_run,
        "year": told.year,
        "already": told.already,
        "archive": told.before,
        "archived": list(told.archived),
        "rises": [_rise_json(rise) for rise in told.rises],
        "leaving": list(told.leaving),
        "unmapped": list(told.unmapped),
        "moves": _moves_json(told.moves),
        "made": list(told.made),
        "waiting": [show.problem_json(problem) for problem in told.waiting],
    }


def _rise_json(rise: Rise) -> dict[str, Any]:
    return {"pupil_id": rise.pupil_id, "year": list(rise.year), "class": list(rise.class_form)}
