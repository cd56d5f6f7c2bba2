"""What an import would add to a school's rows and what it would change there, decided before anything is written.

An imported row is matched to one that stands: a pupil by UPN, else by name and date of birth; a contact by child and
name; a target or help by pupil and words. So a second run of the same file finds everything and proposes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sheets_templates.ids import fresh_ids
from sheets_templates.imports.likeness import agree, equal, latest, said, same_name
from sheets_templates.imports.people import without_title
from sheets_templates.imports.report import Rows
from sheets_templates.imports.staffing import Staffing, names_staff
from sheets_templates.reading import Row
from sheets_templates.schema import Catalogue
from sheets_templates.text import comparable

ORDER = ("pupils", "cycles", "outcomes", "provision", "reviews", "contacts", "costs")
NEW_STAGE = "Do"
_WORDS = {"outcomes": ("target", "outcome"), "provision": ("what",), "contacts": ("name",)}


@dataclass(frozen=True, kw_only=True)
class Add:
    """A row to be added: its id, its values by column, the pupil it is of, and a note on the row's first cell."""

    table: str
    row_id: str
    pupil: str
    values: Mapping[str, object]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A cell of a row that stands. ``before`` is None where it is empty: then it is filled, not changed."""

    table: str
    row_id: str
    pupil: str
    column: str
    after: object
    before: object = None

    @property
    def fills(self) -> bool:
        return self.before is None


@dataclass(frozen=True, kw_only=True)
class Proposals:
    """``ids`` leads from an import's names of rows to ids; ``same`` counts values that stand already."""

    adds: tuple[Add, ...] = ()
    fills: tuple[Change, ...] = ()
    changes: tuple[Change, ...] = ()
    doubts: tuple[str, ...] = ()
    same: int = 0
    ids: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.adds or self.fills or self.changes)


Existing = Mapping[str, Sequence[Row]]


def propose_rows(
    catalogue: Catalogue,
    rows: Rows,
    links: Mapping[str, tuple[str, ...]],
    existing: Existing,
    *,
    salt: str,
    staff: Sequence[Row] = (),
    taken: Mapping[str, Collection[str]] | None = None,
) -> Proposals:
    """What to add, fill and change so that the school's rows say what ``rows`` say.

    ``taken`` are ids by table that may not be given to new rows, beside those of ``existing``."""
    planner = _Planner(
        catalogue=catalogue, rows=rows, links=links, existing=existing, salt=salt, staff=Staffing(staff)
    )
    return planner.plan(taken or {})


@dataclass
class _Planner:
    catalogue: Catalogue
    rows: Rows
    links: Mapping[str, tuple[str, ...]]
    existing: Existing
    salt: str
    staff: Staffing
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    used: set[tuple[str, str]] = field(default_factory=set)
    adds: list[Add] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    nobody: set[str] = field(default_factory=set)
    same: int = 0

    def plan(self, taken: Mapping[str, Collection[str]]) -> Proposals:
        wanted = self._with_cycles()
        self._staff(wanted, set(taken.get("staff", ())))
        for table in ORDER:
            own = {name: values for (of, name), values in wanted.items() if of == table}
            self._table(table, own, set(taken.get(table, ())))
        return Proposals(
            adds=tuple(self.adds),
            fills=tuple(change for change in self.changes if change.fills),
            changes=tuple(change for change in self.changes if not change.fills),
            doubts=tuple(self.doubts),
            same=self.same,
            ids=self.ids,
        )

    def _with_cycles(self) -> dict[tuple[str, str], Mapping[str, object]]:
        """The rows wanted, with a cycle for every pupil who has targets, help or a review, and pupils by id."""
        found = dict(self.rows)
        for table, name in self.rows:
            pupil = name.partition("-")[0]
            found.setdefault(("pupils", pupil), {})
            if table in ("outcomes", "provision", "reviews"):
                found.setdefault(("cycles", f"{pupil}-C1"), {})
        return found

    def _staff(self, wanted: Mapping[tuple[str, str], Mapping[str, object]], taken: set[str]) -> None:
        """Adults who are named and stand in no list of staff are added to it, each once."""
        named = {
            str(value)
            for (table, _), values in wanted.items()
            for key, value in values.items()
            if isinstance(value, str) and names_staff(self.catalogue, table, key)
        }
        taken |= {row.id for row in self.existing.get("staff", ())}
        fresh = iter(fresh_ids(self.catalogue.table("staff"), f"{self.salt}/import", taken, len(named)))
        for name in sorted(named, key=lambda text: (-len(without_title(text).split()), text)):
            if not self.staff.find(name):
                row_id = next(fresh)
                self.staff.add(row_id, name)
                self.adds.append(Add(table="staff", row_id=row_id, pupil="", values={"name": name}))

    def _table(self, table: str, own: Mapping[str, Mapping[str, object]], taken: set[str]) -> None:
        new: list[str] = []
        for name, values in own.items():
            standing = self._find(table, name, values)
            if standing is None:
                new.append(name)
                continue
            self.ids[table, name] = standing.id
            self.used.add((table, standing.id))
            self._compare(table, name, standing, values)
        taken |= {row.id for row in self.existing.get(table, ())}
        if table not in self.catalogue.tables:
            return
        fresh = fresh_ids(self.catalogue.table(table), f"{self.salt}/import", taken, len(new))
        for name, row_id in zip(new, fresh, strict=True):
            self.ids[table, name] = row_id
        for name in new:
            values = self._whole(table, name, own[name])
            if table == "pupils" and not (values.get("first_name") and values.get("last_name")):
                self._leave_out(name, values)
                continue
            if table != "pupils" and name.partition("-")[0] in self.nobody:
                continue
            pupil = self.ids.get(("pupils", name.partition("-")[0]), "")
            self.adds.append(Add(table=table, row_id=self.ids[table, name], pupil=pupil, values=values))

    def _leave_out(self, name: str, values: Mapping[str, object]) -> None:
        """A pupil of whom half a name is known gets no row, nor does what is theirs."""
        self.nobody.add(name)
        said = " ".join(str(values[key]) for key in ("first_name", "last_name") if values.get(key))
        if said:
            self.doubts.append(
                f"“{said}” is no whole name and nobody, or more than one pupil, is called so: left out. "
                "Write the whole name in your sheet, then bring it in again."
            )

    def _whole(self, table: str, name: str, values: Mapping[str, object]) -> dict[str, object]:
        """A new row's values with its references."""
        pupil = name.partition("-")[0]
        found = {key: self.staff.settled(self.catalogue, table, key, value) for key, value in values.items()}
        if table == "pupils":
            return found
        found["pupil"] = self.ids["pupils", pupil]
        if table == "cycles":
            found = {"cycle_number": 1, "stage": NEW_STAGE, **found}
        if table in ("outcomes", "provision", "reviews"):
            found["cycle"] = self.ids["cycles", f"{pupil}-C1"]
        if table == "provision" and self.links.get(name):
            found["outcomes"] = tuple(dict.fromkeys(self.ids["outcomes", o] for o in self.links[name]))
        if table == "costs":
            found["provision"] = self.ids.get(("provision", name), "")
        return found

    def _find(self, table: str, name: str, values: Mapping[str, object]) -> Row | None:
        """The row that stands for an imported one."""
        if table == "pupils":
            return self._find_pupil(values)
        pupil = self.ids.get(("pupils", name.partition("-")[0]), "")
        own = [r for r in self.existing.get(table, ()) if r.values.get("pupil") == pupil]
        if table == "cycles":
            return latest(own, values.get("cycle_number"))
        if table == "reviews":
            cycle = self.ids.get(("cycles", f"{name.partition('-')[0]}-C1"), "")
            return next((r for r in own if r.values.get("cycle") == cycle and agree(r, values, "date")), None)
        if table == "costs":
            wanted = self.ids.get(("provision", name), "")
            return next((r for r in own if r.values.get("provision") == wanted), None)
        words = next((text for key in _WORDS[table] if (text := comparable(str(values.get(key) or "")))), "")
        free = [r for r in own if (table, r.id) not in self.used]
        alike = (r for r in free if words and words in said(r, _WORDS[table]))
        return next((r for r in alike if agree(r, values, "start_date")), None)

    def _find_pupil(self, values: Mapping[str, object]) -> Row | None:
        upn, born = comparable(str(values.get("upn") or "")), values.get("dob")
        standing = self.existing.get("pupils", ())
        if upn:
            for row in standing:
                if comparable(str(row.values.get("upn") or "")) == upn:
                    return row
        alike = [row for row in standing if same_name(row, values) and agree(row, values, "dob")]
        alike = [row for row in alike if not (upn and row.values.get("upn"))]
        sure = [row for row in alike if born and row.values.get("dob") == born]
        if len(sure or alike) > 1:
            self.doubts.append(f"{len(sure or alike)} pupils have the same name: the first was taken. Please look.")
        return next(iter(sure or alike), None)

    def _compare(self, table: str, name: str, row: Row, values: Mapping[str, object]) -> None:
        pupil = self.ids.get(("pupils", name.partition("-")[0]), "")
        for key, value in values.items():
            if key == "pupil":
                continue
            after = self.staff.settled(self.catalogue, table, key, value)
            before = row.values.get(key)
            if before is False and after is True:
                before = None
            if equal(before, after) or (before is None and after is False):
                self.same += 1
            else:
                self.changes.append(
                    Change(table=table, row_id=row.id, pupil=pupil, column=key, after=after, before=before)
                )
