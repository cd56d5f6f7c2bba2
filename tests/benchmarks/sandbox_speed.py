"""The sandbox's three promises, measured over HTTP against one process of its own.

Processor time says what one core does however busy the machine is; the clock's time is printed beside it."""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import gspread
import requests

CALLS_A_SECOND = 400
READ_SECONDS = 0.150
MEMORY = 200 * 1_000_000
COLUMNS, READ_ROWS, ROWS, CALLS = 20, 1_000, 10_000, 1_000


@dataclass(frozen=True)
class Measured:
    """One number beside what was promised; ``ratio`` is over 1 where it is better."""

    name: str
    value: str
    promise: str
    ratio: float

    def __str__(self) -> str:
        return f"{self.name:40} {self.value:44} (promised {self.promise}: {self.ratio:.1f} times as good)"


class Alone:
    """A sandbox in a fresh process, any token its owner's."""

    def __init__(self) -> None:
        command = [sys.executable, str(Path(__file__).with_name("sandbox_process.py"))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.url = self._process.stdout.readline().strip()
        self.session = requests.Session()
        self.session.headers["Authorization"] = "Bearer any"

    def send(self, verb: str, path: str, body: Any = None) -> Any:
        answer = self.session.request(verb, self.url + path, json=body, timeout=600)
        answer.raise_for_status()
        return answer.json()

    def workbook(self, rows: int) -> str:
        """A new spreadsheet with so many rows of ``COLUMNS`` filled cells; its id."""
        grid = {"rowCount": rows, "columnCount": COLUMNS}
        sheet = {"properties": {"title": "Big", "gridProperties": grid}}
        made: str = self.send("POST", "/v4/spreadsheets", {"sheets": [sheet]})["spreadsheetId"]
        for at in range(0, rows, READ_ROWS):
            values = [[_cell(row, column) for column in range(COLUMNS)] for row in range(at, at + READ_ROWS)]
            path = f"/v4/spreadsheets/{made}/values/Big!A{at + 1}?valueInputOption=USER_ENTERED"
            self.send("PUT", path, {"values": values})
        return made

    def worked(self) -> float:
        """Seconds of processor time that it used so far."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def end(self) -> int:
        """Stop it; the most memory it took, in bytes."""
        self.session.close()
        out, _ = self._process.communicate()
        return int(out)


def _cell(row: int, column: int) -> str | float:
    kinds: tuple[str | float, ...] = (
        f"row {row} says {column}",
        row * column + 0.5,
        f"{row % 28 + 1}/11/2026",
        row % 2 == 0,
        f"=A{row + 1}&B{row + 1}",
    )
    return kinds[column % len(kinds)]


def measured() -> Iterator[Measured]:
    """Each promise with what this machine makes of it just now."""
    with _alone() as sandbox:
        made = sandbox.workbook(READ_ROWS)
        for name, call in _calls(sandbox, made):
            yield _rate(sandbox, name, call)
        yield _read(sandbox, made)
    big = Alone()
    big.workbook(ROWS)
    most = big.end()
    name = f"memory with {ROWS:,} rows of {COLUMNS} cells"
    yield Measured(name, f"{most / 1e6:.0f} MB", "under 200 MB", MEMORY / most)


@contextmanager
def _alone() -> Iterator[Alone]:
    sandbox = Alone()
    try:
        yield sandbox
    finally:
        sandbox.end()


def _calls(sandbox: Alone, made: str) -> Iterator[tuple[str, Callable[[], object]]]:
    connection = http.client.HTTPConnection(sandbox.url.removeprefix("http://"))
    paths = {"files.get": f"/drive/v3/files/{made}", "values.get": f"/v4/spreadsheets/{made}/values/Big!A1:C3"}
    for name, path in paths.items():
        yield f"{name}, a plain connection", lambda path=path: _plain(connection, path)  # type: ignore[misc]
    connection.close()
    sheets = gspread.HTTPClient(None, session=sandbox.session)  # type: ignore[arg-type]
    url = sandbox.url + paths["values.get"]
    yield "values.get, gspread", lambda: sheets.request("get", url).json()


def _plain(connection: http.client.HTTPConnection, path: str) -> None:
    connection.request("GET", path, headers={"Authorization": "Bearer any"})
    answer = connection.getresponse()
    assert json.loads(answer.read())
    assert answer.status == 200


def _rate(sandbox: Alone, name: str, call: Callable[[], object]) -> Measured:
    """How many calls one core answers in a second of its time."""
    worked, began = sandbox.worked(), perf_counter()
    for _ in range(CALLS):
        call()
    took, rate = perf_counter() - began, CALLS / (sandbox.worked() - worked)
    value = f"{rate:.0f} a second of one core, {CALLS / took:.0f} by the clock"
    return Measured(name, value, f"{CALLS_A_SECOND} a second", rate / CALLS_A_SECOND)


def _read(sandbox: Alone, made: str) -> Measured:
    path = f"/v4/spreadsheets/{made}/values:batchGet?ranges=Big!A1:T{READ_ROWS}"
    works, times = [], []
    for _ in range(9):
        worked, began = sandbox.worked(), perf_counter()
        answer = sandbox.session.get(sandbox.url + path, timeout=60)
        times.append(perf_counter() - began)
        works.append(sandbox.worked() - worked)
        assert len(answer.json()["valueRanges"][0]["values"]) == READ_ROWS
    work, middle = statistics.median(works), statistics.median(times)
    value = f"{work * 1000:.0f} ms of one core, {middle * 1000:.0f} by the clock"
    return Measured("values.batchGet of 20,000 cells", value, "under 150 ms", READ_SECONDS / work)
