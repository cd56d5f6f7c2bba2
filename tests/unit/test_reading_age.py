"""What parents and children read is in plain words: a reading age of eleven years at most.

The age is the grade plus five years, by the higher of two formulas: Flesch-Kincaid, which counts syllables, and the
Automated Readability Index, which counts letters. Syllables are pyphen's, as textstat counts them: textstat itself
imports setuptools' pkg_resources, which is gone, or from 0.7.5 fetches a word list from the web."""

from __future__ import annotations

import re

import pyphen
import pytest

from server.plans.rules import RULES
from sheets_templates.document import document_names, load_spec
from sheets_templates.guidance import guidance

OLDEST = 11.0
SYLLABLES = pyphen.Pyphen(lang="en_US", left=1, right=1)
"""American hyphenation finds more syllables than British: the stricter count."""
NAMES = tuple(name for name in document_names() if load_spec(name).view.name == "household")
STAND_INS = {
    "pupil.called": "Sam",
    "outcome.number": "1",
    "made_on": "Monday",
    "school.name": "Elm School",
    "school.advice": "the helpline",
}
"""Short words in place of what is filled in, so that only our own words count."""


def fixed_words(name: str) -> str:
    """Headings, labels and sentences of a document, one a line, each closed like a sentence."""
    lines: list[str] = []
    for block in load_spec(name).blocks:
        lines += [f"{label}: {said}" for label, said in block.facts] or [f"{block.label}: {block.text}".lstrip(": ")]
    plain = (re.sub(r"\{\{ ([\w.]+) \}\}", _stand_in, line) for line in lines)
    return "\n".join(line.rstrip(" :.?") + "." for line in plain if re.search(r"\w", line))


def _stand_in(match: re.Match[str]) -> str:
    return STAND_INS.get(match[1], "")


def sentences(name: str) -> str:
    """Only the whole sentences: labels alone are short, and would hide a hard one."""
    texts = [re.sub(r"\{\{ ([\w.]+) \}\}", _stand_in, block.text) for block in load_spec(name).blocks]
    return " ".join(text for text in texts if len(text.split()) > 5 and text.rstrip().endswith((".", "?")))


def age(text: str) -> float:
    words = re.findall(r"[^\W_][\w’'-]*", text)
    a_sentence = len(words) / max(1, len(re.findall(r"[.?!](?:\s|$)", text)))
    syllables = sum(len(SYLLABLES.positions(word)) + 1 for word in words) / len(words)
    letters = sum(map(len, words)) / len(words)
    flesch_kincaid = 0.39 * a_sentence + 11.8 * syllables - 15.59
    readability_index = 4.71 * letters + 0.5 * a_sentence - 21.43
    return max(flesch_kincaid, readability_index) + 5


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_document_can_be_read_at_eleven(name: str) -> None:
    assert age(fixed_words(name)) <= OLDEST, fixed_words(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_sentences_of_a_document_can_be_read_at_eleven(name: str) -> None:
    assert age(sentences(name)) <= OLDEST, sentences(name)


def test_hard_words_would_be_caught() -> None:
    hard = "Provision is commissioned in accordance with statutory assessment obligations of the local authority."
    assert age(hard) > OLDEST


PARENTS_SENTENCES = {rule.id: rule.for_parents for rule, _ in RULES if rule.for_parents}
A_WORD = 12.0
"""One sentence may hold one long word that has no shorter name."""


@pytest.mark.parametrize("rule", PARENTS_SENTENCES)
def test_what_parents_read_of_a_rule_is_in_plain_words(rule: str) -> None:
    assert age(PARENTS_SENTENCES[rule]) <= A_WORD, PARENTS_SENTENCES[rule]


def test_what_parents_read_of_all_rules_can_be_read_at_eleven() -> None:
    assert age(" ".join(PARENTS_SENTENCES.values())) <= OLDEST


def test_what_staff_read_of_a_check_is_in_plain_words_too() -> None:
    told = " ".join(f"{each.why} {each.how}" for each in guidance().values())
    assert age(told) <= OLDEST
