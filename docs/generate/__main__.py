"""Write the reference pages, or check that they are up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from docs.generate.pages import pages

FOLDER = Path(__file__).parents[1] / "reference"


def main(arguments: list[str]) -> int:
    made = pages()
    stale = [name for name in made if _written(name) != made[name]]
    if "--check" in arguments:
        for name in stale:
            print(f"docs/reference/{name} is out of date: run make docs")
        return 1 if stale else 0
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(stale)} pages changed")
    return 0


def _written(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
