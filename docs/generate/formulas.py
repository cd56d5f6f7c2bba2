"""The functions that the sandbox's formulas know, for ``sandbox-coverage.md``."""

from __future__ import annotations

import textwrap

from sandbox.sheets.formulas.functions import TABLE

ABOUT = """
## Formulas

Read by openpyxl's tokenizer and worked out by the sandbox
([why not by a library](../decisions/0007-formulas-in-the-sandbox.md)). These functions are known; any other name
gives `#NAME?`. Results that fill several cells are not built, so `ARRAYFORMULA`, `FILTER`, `UNIQUE`, `SORT` and
`QUERY` are among the others. Operators: `+ - * / ^ % &` and comparisons."""


def section() -> str:
    """Every function by its name, in order."""
    return f"{ABOUT}\n\n{textwrap.fill(', '.join(f'`{name}`' for name in sorted(TABLE)) + '.', 118)}"
