"""How well own forms are recognised whose words nobody knew: each is read without the names that stand in it alone.

``python -m tests.benchmarks.own_forms`` prints right, wrong and unknown for several least scores."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sheets_templates import form_context, form_families, form_meaning, form_wordbook
from sheets_templates.form_propose import recognise
from sheets_templates.synonyms import plain, synonyms

LEAST = (0.66, 0.72, 0.8)
NOT_FIELDS = ("row_key", "column_part")
FORMS = sorted((Path(__file__).parents[1] / "data" / "forms").glob("**/*.gold.json"))


def main() -> None:
    golds = {path: gold for path in FORMS if "labels" in (gold := json.loads(path.read_text(encoding="utf-8")))}
    words = {path: _words(gold) for path, gold in golds.items()}
    for least in LEAST:
        with patch.object(form_context, "ENOUGH", least):
            total = sum((_scored(path, golds[path], words) for path in golds), Counter[str]())
        shares = ", ".join(f"{total[key] / total['all']:.1%} {key}" for key in ("right", "wrong", "unknown"))
        print(f"{least}: {shares} of {total['all']}")


def _words(gold: dict[str, Any]) -> frozenset[str]:
    return frozenset(plain(form_meaning.without_ordinal(label["label"])) for label in gold["labels"])


def _scored(path: Path, gold: dict[str, Any], words: dict[Path, frozenset[str]]) -> Counter[str]:
    own = words[path].difference(*(said for other, said in words.items() if other != path))
    left = {field: [name for name in names if plain(name) not in own] for field, names in synonyms().items()}
    _forget()
    with patch.object(form_wordbook, "synonyms", lambda: left):
        proposals = recognise(path.with_name(path.name.replace(".gold.json", ".docx")).read_bytes()).proposals
    _forget()
    found = {(each.spot.where, each.spot.nth): each.field for each in proposals}
    asked = [label for label in gold["labels"] if label.get("role") not in NOT_FIELDS]
    return Counter(["all"] * len(asked)) + Counter(
        _verdict(label, found.get((label["where"], label.get("nth", 1)), "")) for label in asked
    )


def _verdict(label: dict[str, Any], field: str) -> str:
    if field in {label["field"] or "", *label["alternatives"]}:
        return "right"
    return "wrong" if field else "unknown"


def _forget() -> None:
    meaning = (form_wordbook.wordbook, form_meaning._meanings, form_meaning._by_words)
    for kept in (*meaning, form_families._named, form_families._shared_out):
        kept.cache_clear()


if __name__ == "__main__":
    main()
