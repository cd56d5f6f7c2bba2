"""One tab of a spreadsheet as a grid: what the API says of its cells, made ready for a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.call import ApiError
from sandbox.host.office import Office
from sandbox.host.places import file_place, local, safe
from sandbox.sheets.a1 import column_letters, quote

PAGE, SPARE = 150, 12
WHITE, BLACK = [255, 255, 255], [0, 0, 0]
NUMBER_WIDTH = 46
_ALIGN = {"LEFT": "left", "CENTER": "center", "RIGHT": "right"}


@dataclass(frozen=True, kw_only=True)
class GridCell:
    """One cell. ``text`` is what it shows, ``entered`` what was typed. ``choices`` names a list of the grid's, or is
    ""; ``checked`` is None but for a checkbox."""

    address: str
    text: str = ""
    entered: str = ""
    note: str = ""
    link: str = ""
    style: str = ""
    choices: str = ""
    strict: bool = False
    checked: bool | None = None
    left: int | None = None


@dataclass(frozen=True, kw_only=True)
class GridRow:
    number: int
    cells: tuple[GridCell, ...]
    frozen: bool = False


@dataclass(frozen=True, kw_only=True)
class Column:
    letters: str
    width: int
    left: int | None = None


@dataclass(frozen=True, kw_only=True)
class Tab:
    sheet_id: int
    title: str
    place: str
    current: bool


@dataclass(kw_only=True)
class Grid:
    """A tab on show. ``left_out`` counts filled rows that are not on this page of it."""

    title: str
    tabs: list[Tab]
    columns: list[Column]
    rows: list[GridRow] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    left_out: int = 0
    sheet_title: str = ""
    sheet_id: int = 0


def grid(office: Office, email: str, file_id: str, *, tab: int | None = None, most: int = PAGE) -> Grid:
    """The tab with that sheet id, or the first that is not hidden. Raises ApiError."""
    book = office.ask(email, "sheets.spreadsheets.get", {"spreadsheetId": file_id})
    shown = [one for one in book["sheets"] if not one["properties"].get("hidden")]
    chosen = next((one for one in shown if one["properties"]["sheetId"] == tab), shown[0])["properties"]
    cells = {"spreadsheetId": file_id, "includeGridData": True, "ranges": [quote(chosen["title"])]}
    sheet = next(
        one
        for one in office.ask(email, "sheets.spreadsheets.get", cells)["sheets"]
        if one["properties"]["sheetId"] == chosen["sheetId"]
    )
    return _Drawing(office, email, file_id, sheet).draw(book, shown, most)


def write_cell(office: Office, email: str, file_id: str, *, title: str, address: str, value: str | bool) -> None:
    """What happens when a person types into a cell and presses Enter. Raises ApiError."""
    place = f"{quote(title)}!{address}"
    office.ask(
        email,
        "sheets.spreadsheets.values.update",
        {"spreadsheetId": file_id, "range": place, "valueInputOption": "USER_ENTERED"},
        {"range": place, "majorDimension": "ROWS", "values": [[value]]},
    )


class _Drawing:
    """Draws one sheet."""

    def __init__(self, office: Office, email: str, file_id: str, sheet: Mapping[str, Any]) -> None:
        self.office, self.email, self.file_id = office, email, file_id
        self.properties: Mapping[str, Any] = sheet["properties"]
        self.data: Mapping[str, Any] = next(iter(sheet.get("data", ())), {})
        self.frozen: Mapping[str, Any] = self.properties.get("gridProperties", {})
        self.choices: dict[str, list[str]] = {}

    def draw(self, book: Mapping[str, Any], shown: Sequence[Mapping[str, Any]], most: int) -> Grid:
        rows, columns = self.data.get("rowData", []), self._columns()
        last = max((number for number, row in enumerate(rows, 1) if _is_filled(row)), default=0)
        end = min(max(last + SPARE, 20), most, self.frozen.get("rowCount", 1000))
        drawn = [self._row(number, rows, columns) for number in range(end) if not self._hidden("rowMetadata", number)]
        return Grid(
            title=book["properties"]["title"],
            tabs=[self._tab(one["properties"]) for one in shown],
            columns=[column for column in columns if column.width],
            rows=drawn,
            choices=self.choices,
            left_out=max(0, last - end),
            sheet_title=self.properties["title"],
            sheet_id=self.properties["sheetId"],
        )

    def _tab(self, properties: Mapping[str, Any]) -> Tab:
        number = properties["sheetId"]
        place = file_place(self.file_id, tab=number)
        current = number == self.properties["sheetId"]
        return Tab(sheet_id=number, title=properties["title"], place=place, current=current)

    def _hidden(self, kind: str, number: int) -> bool:
        lines = self.data.get(kind, [])
        return bool(number < len(lines) and lines[number].get("hiddenByUser"))

    def _columns(self) -> list[Column]:
        """Every column up to the last in use; a hidden one has no width."""
        used = max((len(row.get("values", ())) for row in self.data.get("rowData", ())), default=0)
        columns: list[Column] = []
        sizes = self.data.get("columnMetadata", [])
        left = NUMBER_WIDTH
        for number in range(min(max(used, 8), self.frozen.get("columnCount", 26))):
            hidden = self._hidden("columnMetadata", number)
            width = 0 if hidden else (sizes[number].get("pixelSize", 100) if number < len(sizes) else 100)
            stuck = number < self.frozen.get("frozenColumnCount", 0)
            columns.append(Column(letters=column_letters(number), width=width, left=left if stuck else None))
            left += width
        return columns

    def _row(self, number: int, rows: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> GridRow:
        cells = rows[number].get("values", []) if number < len(rows) else []
        drawn = tuple(
            self._cell(cells[at] if at < len(cells) else {}, f"{column.letters}{number + 1}", column.left)
            for at, column in enumerate(columns)
            if column.width
        )
        return GridRow(number=number + 1, cells=drawn, frozen=number < self.frozen.get("frozenRowCount", 0))

    def _cell(self, cell: Mapping[str, Any], address: str, left: int | None) -> GridCell:
        rule = cell.get("dataValidation", {})
        kind = rule.get("condition", {}).get("type", "")
        return GridCell(
            address=address,
            text=cell.get("formattedValue", ""),
            entered=_entered(cell),
            note=cell.get("note", ""),
            link=safe(local(cell.get("hyperlink", ""))),
            style=_style(cell.get("effectiveFormat") or cell.get("userEnteredFormat") or {}),
            choices=self._choices(rule) if kind in ("ONE_OF_LIST", "ONE_OF_RANGE") else "",
            strict=bool(rule.get("strict")),
            checked=cell.get("effectiveValue", {}).get("boolValue", False) if kind == "BOOLEAN" else None,
            left=left,
        )

    def _choices(self, rule: Mapping[str, Any]) -> str:
        condition = rule["condition"]
        values = [str(one.get("userEnteredValue", "")) for one in condition.get("values", ())]
        key = " ".join([condition["type"], *values])
        if key not in self.choices:
            in_range = condition["type"] == "ONE_OF_RANGE"
            self.choices[key] = self._from_range(values[0]) if in_range else values
        return key

    def _from_range(self, reference: str) -> list[str]:
        place = reference.removeprefix("=").replace("$", "")
        params = {"spreadsheetId": self.file_id, "range": place}
        try:
            rows = self.office.ask(self.email, "sheets.spreadsheets.values.get", params).get("values", [])
        except ApiError:
            return []
        return list(dict.fromkeys(str(value) for row in rows for value in row if value != ""))


def _is_filled(row: Mapping[str, Any]) -> bool:
    return any(cell.get("formattedValue") not in (None, "", "FALSE") for cell in row.get("values", ()))


def _entered(cell: Mapping[str, Any]) -> str:
    """What the cell's editor starts with: a formula as typed, anything else as shown."""
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    return str(formula if formula is not None else cell.get("formattedValue", ""))


def _style(look: Mapping[str, Any]) -> str:
    """The cell's format as CSS."""
    text = look.get("textFormat", {})
    css = {
        "background": _colour(look.get("backgroundColor"), plain=WHITE),
        "color": _colour(text.get("foregroundColor"), plain=BLACK),
        "font-weight": "700" if text.get("bold") else "",
        "font-style": "italic" if text.get("italic") else "",
        "text-align": _ALIGN.get(look.get("horizontalAlignment", ""), ""),
        "white-space": "pre-wrap" if look.get("wrapStrategy") == "WRAP" else "",
    }
    return ";".join(f"{name}:{value}" for name, value in css.items() if value)


def _colour(colour: Mapping[str, Any] | None, *, plain: list[int]) -> str:
    """A colour as CSS; "" for none and for ``plain``, which the page's own style has anyway."""
    if colour is None:
        return ""
    parts = [round(255 * float(colour.get(name, 0))) for name in ("red", "green", "blue")]
    return "" if parts == plain else f"rgb({parts[0]},{parts[1]},{parts[2]})"
