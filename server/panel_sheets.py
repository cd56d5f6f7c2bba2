"""A school's own sheet for the side panel: the workflow, and its results as the cards show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from addon.sheet_views import CellLine, ColumnLine, SheetTap, SheetView, TrialView
from server.plans.form_words import in_words
from server.web.ports import Done
from server.workflows.import_rows import Imported
from server.workflows.own_sheet import OwnSheet, SheetChoices, bring_in, look
from server.workflows.run import Run
from sheets_templates.imports.grid import shown
from sheets_templates.imports.headings import titles
from sheets_templates.imports.matching import Change
from sheets_templates.imports.mis_titles import list_titles
from sheets_templates.imports.own import Kind, OwnSource, SourceColumn
from sheets_templates.imports.report import Line

_MOST = 12
_SURE = 0.85


def choices_of(tap: SheetTap) -> SheetChoices:
    kind: Kind | None = "pupils" if tap.kind == "pupils" else "plans" if tap.kind else None
    return SheetChoices(kind=kind, columns=tap.columns, sen_only=tap.sen_only, update=tap.update)


def view_of(run: Run, tap: SheetTap) -> SheetView:
    """The columns of a source as they are understood and chosen."""
    own = look(run, tap.file_id, choices_of(tap))
    names = _names(own.source)
    return SheetView(
        title=own.file.name,
        tap=_settled(tap, own),
        is_list=own.source.kind == "pupils",
        columns=tuple(_column(column, names) for column in own.source.columns),
        fields=tuple(names.items()),
    )


def _settled(tap: SheetTap, own: OwnSheet) -> SheetTap:
    return SheetTap(**{**vars(tap), "kind": own.source.kind})


def _names(source: OwnSource) -> dict[str, str]:
    return dict(list_titles() if source.kind == "pupils" else titles())


def _column(column: SourceColumn, names: dict[str, str]) -> ColumnLine:
    state = column.why or in_words(column.score)
    tabs = "" if len(column.tabs) < 2 else f" · on {len(column.tabs)} tabs"
    unknown = not column.field and column.why == "none of our fields"
    return ColumnLine(
        key=column.key,
        heading=column.heading,
        field=column.field,
        name=names.get(column.field, column.field),
        state=("Chosen by you" if column.chosen else _said(state)) + tabs,
        is_unsure=not column.chosen and (unknown or (bool(column.field) and column.score < _SURE)),
        examples=column.examples,
    )


def _said(state: str) -> str:
    return state[:1].upper() + state[1:]


def trial_of(run: Run, tap: SheetTap, school_id: str, verdict: str = "") -> TrialView:
    """What an import would do, written nowhere."""
    own, result = bring_in(run, tap.file_id, choices_of(tap), school_id=school_id, dry_run=True)
    found, report = result.plan.proposals, own.source.report
    reasons = Counter(line.why for line in report.lines if line.verdict == "left")
    questions = [(asked.where, asked.question, asked.default) for asked in report.questions]
    return TrialView(
        title=own.file.name,
        tap=_settled(tap, own),
        mark=own.source.mark,
        would=tuple(_would(run, result)),
        differ=tuple(_differs(run, change) for change in found.changes[:_MOST]),
        more_differ=max(0, len(found.changes) - _MOST),
        cells=report.counts,
        reasons=tuple(reasons.most_common(15)),
        questions=tuple(questions[:_MOST]),
        more_questions=max(0, len(questions) - _MOST),
        notes=(*result.plan.left, *found.doubts),
        is_list=own.source.kind == "pupils",
        is_empty=not (found.adds or found.fills or (tap.update and found.changes)),
        shown=tuple(_cells(own.source, verdict)) if verdict else (),
    )


def _would(run: Run, result: Imported) -> Iterator[tuple[str, str]]:
    """Each tab with what it would get. Rows without a workbook are no part of it."""
    found = result.plan
    adds = Counter(a.table for a in found.proposals.adds if (a.table, a.row_id) in found.file_of)
    fills = Counter(change.table for change in found.proposals.fills)
    for key in dict.fromkeys((*adds, *fills)):
        words = [f"{adds[key]} new rows"] if adds[key] else []
        words += [f"{fills[key]} empty cells filled"] if fills[key] else []
        yield run.catalogue.table(key).title, ", ".join(words)


def _differs(run: Run, change: Change) -> tuple[str, str]:
    table = run.catalogue.table(change.table)
    header = table.column(change.column).header if change.column in table.positions else change.column
    said = f"Workbook: {_plain(change.before)} – sheet: {_plain(change.after)}"
    return f"{table.title} {change.row_id}, {header}", said


def _plain(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else shown(value)


def _cells(source: OwnSource, verdict: str) -> Iterator[CellLine]:
    names = titles()
    for each in source.report.lines:
        if each.verdict == verdict:
            yield CellLine(cell=f"{each.tab}!{each.cell}", text=each.text, fate=_fate(each, names))


def _fate(line: Line, names: Mapping[str, str]) -> str:
    to = "; ".join(
        f"{names.get(f'{t.table}.{t.field}', f'{t.table}.{t.field}')}: {_plain(t.value)}" for t in line.to[:4]
    )
    return " – ".join(part for part in (to, line.why) if part)


def brought(run: Run, tap: SheetTap, school_id: str, mark: str) -> Done:
    """Bring a source in; what was done, in sentences."""
    own, result = bring_in(run, tap.file_id, choices_of(tap), school_id=school_id, mark=mark)
    told = _told(result)
    kept = len(result.plan.proposals.changes) if not tap.update else 0
    not_changed = ["Your own sheet was only read."]
    if kept:
        not_changed.append(f"{kept} cells say something else in the workbooks and were left as they are.")
    later = [f"{result.moved} rows were being edited and were left: bring it in again."] if result.moved else []
    asked = len(own.source.report.questions)
    if asked:
        later.append(f"{asked} open questions stand on the card before this one: settle them in the workbooks.")
    return Done(
        happened=tuple(told) or ("Everything in it stands in the workbooks already.",),
        not_changed=tuple(not_changed),
        next_steps=(*result.plan.left, *result.plan.proposals.doubts, *later),
        changed=bool(told),
    )


def _told(result: Imported) -> list[str]:
    counts = ((result.added, "rows added"), (result.filled, "empty cells filled"), (result.changed, "cells changed"))
    return [f"{count} {words}." for count, words in counts if count]
