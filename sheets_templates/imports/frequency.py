"""How often, how long and with how many, where a school packs it into one cell: ``group of 4, 30m Tues/Thurs``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sheets_templates.text import tidy

_DAY = r"(?:mon|tues?|weds?|thurs?|thu|fri)(?:days?|nesdays?|rsdays?|sdays?|urdays?)?s?"
_GROUP = re.compile(
    r"\b(?:group of|gp of|groups of|in)\s*(\d{1,2})\b|\b1\s*[:-]\s*(\d{1,2})\b|\bone to one\b|\b1 to 1\b", re.I
)
_BARE_GROUP = re.compile(r"\b(pairs?|paired)\b", re.I)
_MINUTES = re.compile(r"(\d{1,3})\s*(?:-\s*)?(?:m|mins?|minutes?|minute)\b\.?", re.I)
_HOURS = re.compile(r"\b(half an hour|an hour|(\d(?:\.\d+)?)\s*(?:h|hrs?|hours?))\b", re.I)
_TIMES_MINUTES = re.compile(r"\b(\d{1,2})\s*(?:x|×|\*|times)\s*(\d{2,3})\b(?!\s*(?:wk|week))", re.I)
_MINUTES_TIMES = re.compile(r"\b(\d{2,3})\s*(?:x|×)\s*(\d{1,2})\b", re.I)
_TIMES = re.compile(
    r"\b(\d{1,2})\s*(?:x|×|times|sessions?|days)\b|(?:x|×)\s*(\d{1,2})\b|\b(\d{1,2})\s*/\s*(?:wk|week)|\b(\d)\s*(?:a|per|p/?)\s*(?:wk|week|w)\b",
    re.I,
)
_DAILY = re.compile(
    r"\b(?:daily|every day|each day|per day|a day|every morning|each morning|every afternoon|p/?d)\b|/\s*day\b", re.I
)
_WEEKLY = re.compile(
    r"\b(?:weekly|once a week|every week|per week|a week|p/?w|per wk|each week|wkly)\b|/\s*(?:wk|week)\b", re.I
)
_TWICE = re.compile(r"\b(?:twice|two times)\b", re.I)
_BOTH_HALVES = re.compile(r"\bam\s*(?:and|&|/|\+)\s*pm\b|\bmorning and afternoon\b", re.I)
_THRICE = re.compile(r"\b(?:three times|thrice)\b", re.I)
_FORTNIGHT = re.compile(r"\b(?:fortnightly|every other week|every two weeks|once a fortnight)\b", re.I)
_DAYS = re.compile(rf"\b{_DAY}\b(?:\s*(?:/|,|&|\+|and|\s)\s*{_DAY}\b)*", re.I)
_MOMENT = re.compile(
    r"\b(?:every|each) (?:morning|afternoon)\b|\b(?:am|pm|before school|after school|at lunch|lunch(?:times?)?"
    r"|break(?:times?)?|playtimes?|registration|assembly)\b",
    re.I,
)
_WEEKS = re.compile(r"\b(?:for|over)?\s*(\d{1,2})\s*(?:weeks|wks)\b", re.I)
_GLUE = re.compile(
    r"[\s,;:()+&/@-]+|\b(?:a|and|per|for|of|the|at|in|sessions?|times?|each|on|x|week|wk|day|every)\b", re.I
)


@dataclass(frozen=True, kw_only=True)
class Frequency:
    per_week: float | None = None
    minutes: float | None = None
    group: int | None = None
    weeks: int | None = None
    when: str = ""
    guessed: bool = False


def parse_frequency(text: str) -> Frequency:
    """The numbers of a packed cell, and as ``when`` the words that say day or place, or the text if it has none."""
    text = " ".join(tidy(text).split())
    rest, group = _take_group(text)
    rest, weeks = _take(_WEEKS, rest)
    rest, minutes, per_week = _both(rest)
    if minutes is None:
        rest, minutes = _minutes(rest)
    days = _DAYS.findall(rest)
    if per_week is None:
        per_week = _per_week(rest, days)
    found = (group, weeks, minutes, per_week)
    if all(each is None for each in found):
        return Frequency(when=text)
    when = text if _words_left(rest) else _when(rest, days)
    guessed = bool(_BOTH_HALVES.search(text))
    return Frequency(per_week=per_week, minutes=minutes, group=group, weeks=weeks, when=when, guessed=guessed)


def _take_group(text: str) -> tuple[str, int | None]:
    match = _GROUP.search(text)
    if match:
        size = int(match[1] or match[2] or 1)
        return text.replace(match[0], " ", 1), size
    match = _BARE_GROUP.search(text)
    return (text.replace(match[0], " ", 1), 2) if match else (text, None)


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, int | None]:
    match = pattern.search(text)
    return (text.replace(match[0], " ", 1), int(match[1])) if match else (text, None)


def _both(text: str) -> tuple[str, float | None, float | None]:
    """``3 x 20`` and ``15min x2``: the larger number is minutes."""
    if match := _TIMES_MINUTES.search(text):
        times, minutes = float(match[1]), float(match[2])
    elif match := _MINUTES_TIMES.search(text):
        minutes, times = float(match[1]), float(match[2])
    else:
        return text, None, None
    after = text[match.end() :]
    daily = _DAILY.search(after)
    return (
        text[: match.start()] + " " + re.sub(r"^\s*(?:m|mins?|minutes?)\b\.?", "", after),
        minutes,
        times * (5 if daily else 1),
    )


def _minutes(text: str) -> tuple[str, float | None]:
    if match := _MINUTES.search(text):
        return text.replace(match[0], " ", 1), float(match[1])
    if match := _HOURS.search(text):
        amount = {"half an hour": 30.0, "an hour": 60.0}.get(match[1].casefold()) or float(match[2]) * 60
        return text.replace(match[0], " ", 1), amount
    return text, None


def _per_week(text: str, days: list[str]) -> float | None:
    daily = bool(_DAILY.search(text))
    if _FORTNIGHT.search(text):
        return 0.5
    if _BOTH_HALVES.search(text):
        return 10.0
    if _TWICE.search(text):
        return 10.0 if daily else 2.0
    if _THRICE.search(text):
        return 15.0 if daily else 3.0
    if match := _TIMES.search(text):
        return float(next(filter(None, match.groups()))) * (5 if daily else 1)
    if daily:
        return 5.0
    if days:
        return float(sum(len(re.findall(_DAY, each, re.I)) for each in days))
    return 1.0 if _WEEKLY.search(text) else None


def _when(rest: str, days: list[str]) -> str:
    """Days and times of day that were named."""
    spans = [match.span() for pattern in (_DAYS, _MOMENT) for match in pattern.finditer(rest)]
    if not spans:
        return ""
    whole = rest[min(begin for begin, _ in spans) : max(end for _, end in spans)].strip()
    moments = [match[0] for match in _MOMENT.finditer(rest)]
    tidy_enough = not any(letter.isdigit() for letter in whole) and "  " not in whole
    return whole if tidy_enough else ", ".join([*(each.strip() for each in days), *moments])


def _words_left(rest: str) -> bool:
    """Whether the cell says more than how often, how long and when: then its words are kept whole."""
    for pattern in (_TIMES, _DAILY, _WEEKLY, _TWICE, _THRICE, _FORTNIGHT, _DAYS, _MOMENT, _GLUE):
        rest = pattern.sub(" ", rest)
    return any(len(word) > 1 and word.isalpha() for word in rest.split())
