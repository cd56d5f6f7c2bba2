"""Which plan workbook a pupil stands in: the whole school's, or that of their class, year group or key stage."""

from __future__ import annotations

import hashlib
import re

from server.plans.model import LONGEST_KEY, Pupil

WHOLE_SCHOOL = "whole school"
CLASS = "class"
YEAR_GROUP = "year group"
KEY_STAGE = "key stage"
SHAPES = (WHOLE_SCHOOL, CLASS, YEAR_GROUP, KEY_STAGE)
UNPLACED = "no class yet"
_KEY_STAGES = {"EYFS": ("N1", "N2", "R"), "KS1": ("Y1", "Y2"), "KS2": ("Y3", "Y4", "Y5", "Y6")}
_KEY_STAGES |= {"KS3": ("Y7", "Y8", "Y9"), "KS4": ("Y10", "Y11"), "KS5": ("Y12", "Y13")}
_OTHER_WORDS = {"year": YEAR_GROUP, "one": WHOLE_SCHOOL, "school": WHOLE_SCHOOL, "form": CLASS}
_DIGEST = 8


def shape_named(text: str) -> str:
    """The shape that a text means (``Per class``, ``year groups``), "" where it means none."""
    word = re.sub(r"^(one )?(per|by|for) (each |every )?", "", fold(text).replace("_", " ").replace("-", " "))
    single = re.sub(r"(e?)s$", r"\1", word) if word not in SHAPES else word
    found = next((known for known in (word, single, word.removesuffix("es")) if known in SHAPES), "")
    return found or _OTHER_WORDS.get(word, "")


def tidy(name: str) -> str:
    """A group's name without stray spaces, short enough for a file's properties."""
    text = " ".join(name.split())
    told = text.encode("utf-8", "surrogatepass")
    if len(told) <= LONGEST_KEY:
        return text
    return f"{text[:12]}… {hashlib.sha256(told).hexdigest()[:_DIGEST]}"


def fold(name: str) -> str:
    """What two names of one group have in common."""
    return tidy(name).casefold()


def group_named(shape: str, *, class_form: str, year_group: str) -> str:
    """The group of a pupil with this class and year, ``no class yet`` where the cell it goes by is empty."""
    if shape == CLASS:
        found = tidy(class_form)
    elif shape == YEAR_GROUP:
        found = tidy(year_group)
    elif shape == KEY_STAGE:
        found = next((stage for stage, years in _KEY_STAGES.items() if year_group in years), "")
    else:
        found = WHOLE_SCHOOL
    return found or UNPLACED


def group_of(shape: str, pupil: Pupil) -> str:
    return group_named(shape, class_form=pupil.class_form, year_group=pupil.year_group)


def workbook_title(group: str, school_name: str) -> str:
    """What the group's plan workbook is called in Drive."""
    return f"SEN plans – {school_name}" if group == WHOLE_SCHOOL else f"SEN plans: {group} – {school_name}"
