"""How a parent's copy says things: dates, amounts and the codes of the workbook in plain words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from server.plans.model import Outcome, Provision
from server.plans.results import NOT_RATED, rated

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TIMES = {1.0: "once", 2.0: "twice"}

_DECISIONS = {
    "achieved – new outcome": "This is done. We will choose what to work on next together.",
    "leave as it is": "We will keep going as we are.",
    "tweak": "We will make small changes.",
    "keep": "We will keep it as it is.",
    "change": "We will change it.",
    "stop": "We will stop it.",
    "change a lot": "We will make big changes.",
    "stop and replace": "We will stop this and try something else.",
    "step down to universal": "Usual classroom help is now enough.",
    "seek specialist advice": "We will ask a specialist for advice, if parents agree.",
    "hold pcp / my support plan": "We will hold a meeting with everyone who helps, and write a shared plan.",
    "consider ehc needs assessment request": "We will talk together about asking the council for an "
    "education, health and care (EHC) needs assessment.",
}
_EFFECTS = {
    "strong": "It is helping a lot.",
    "some": "It is helping a bit.",
    "none": "It has made no difference yet.",
    "negative": "It has not helped.",
    "not delivered": "It did not happen as planned.",
}
_REASONS = {
    "eef or research review": "Research shows that it helps.",
    "specialist advice": "A specialist advised it.",
    "school's own data": "It has worked well in our school.",
    "published programme": "It is a published programme made for this.",
    "professional judgement": "Our staff’s experience tells us that it helps.",
}
_MEETINGS = {
    "termly review": "a meeting to see how it is going",
    "initial plan": "a meeting to agree the first plan",
    "pcp": "a meeting with everyone who helps",
    "ehc annual review": "the yearly review of the EHC plan (from the council)",
    "transition": "a meeting about moving on",
}
_ROLES = {
    "hlta": "Higher level teaching assistant",
    "ta": "Teaching assistant",
    "elsa": "Emotional literacy support assistant (ELSA)",
    "lsa": "Learning support assistant",
}
_RESULTS = {
    "exceeded": "Beyond",
    "achieved": "There",
    "some progress": "A start",
    "no change": "Not yet",
    "gone backwards": "Not yet",
}


_KINDS = {"1:1": "One to one", "environment / rules": "A change to the room or the rules"}
_HORIZONS = {
    "long (phase)": "By the end of this stage of school",
    "medium (year)": "Within a year",
    "short (cycle)": "Within this plan",
}
_IMPACTS = {
    "progress": "It should help learning",
    "development": "It should help growing up",
    "behaviour": "It should help behaviour",
    "wellbeing": "It should help feeling well",
}


def day_in_words(day: date | None) -> str:
    """``3 December 2026``; "" for no date."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def moment_in_words(day: date, start: time | None) -> str:
    """``Thursday 3 December 2026 at 3.30pm``; without a time, the day alone."""
    clock = f" at {_clock(start)}" if start else ""
    return f"{_DAYS[day.weekday()]} {day_in_words(day)}{clock}"


def _clock(moment: time) -> str:
    hour, half = moment.hour % 12 or 12, "am" if moment.hour < 12 else "pm"
    return f"{hour}.{moment.minute:02d}{half}" if moment.minute else f"{hour}{half}"


def year_in_words(year_group: str) -> str:
    """``Y3`` is Year 3, ``N2`` Nursery (N2), ``R`` Reception; anything else stays as the school wrote it."""
    code = year_group.strip().upper()
    if code == "R":
        return "Reception"
    if code[:1] in {"Y", "N"} and code[1:].isdigit():
        return f"Year {code[1:]}" if code[0] == "Y" else f"Nursery ({code})"
    return year_group.strip()


def how_often(provision: Provision) -> str:
    """``10 minutes, 5 times a week for 6 weeks, in a group of 2``; "" where nothing is counted."""
    if not provision.minutes_per_session and not provision.sessions_per_week:
        return ""
    often = " ".join(filter(None, (_per_week(provision.sessions_per_week), _weeks(provision.weeks))))
    return _sentence(", ".join(filter(None, (_minutes(provision.minutes_per_session), often, _group(provision)))))


def _minutes(minutes: float | None) -> str:
    if not minutes:
        return ""
    if minutes < 120:
        return counted(minutes, "minute")
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (counted(hours, "hour"), counted(rest, "minute") if rest else "")))


def _per_week(sessions: float | None) -> str:
    if not sessions:
        return ""
    if sessions < 1:
        return f"once every {counted(round(1 / sessions), 'week')}"
    return f"{_TIMES.get(sessions, f'{_number(sessions)} times')} a week"


def _weeks(weeks: float | None) -> str:
    return f"for {counted(weeks, 'week')}" if weeks else ""


def _group(provision: Provision) -> str:
    size = provision.group_size
    if not size:
        return ""
    return "one to one" if size == 1 else f"in a group of {_number(size)}"


def counted(number: float, unit: str) -> str:
    return f"{_number(number)} {unit}" + ("" if number == 1 else "s")


def _number(number: float) -> str:
    return f"{number:g}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def result_of(outcome: Outcome) -> str:
    """The result by the ratings (R31), else as typed; "" when not rated."""
    found = rated(outcome)
    return outcome.result.strip() if found == NOT_RATED else found


def rating_in_words(outcome: Outcome) -> str:
    """Not yet · A start · Nearly there · There · Beyond (R31, in the words parents get); "" when not rated."""
    start, aim, now = outcome.baseline_rating, outcome.expected_rating, outcome.actual_rating
    if start is not None and aim is not None and now is not None and start < now < aim:
        return "A start" if 2 * (now - start) < aim - start else "Nearly there"
    return _RESULTS.get(result_of(outcome).casefold(), "")


def result_in_words(outcome: Outcome, own: str = "") -> str:
    """How it is going, the words first: ``Nearly there: 38 of 50``; ``own`` is what the school calls the result."""
    return ": ".join(filter(None, (own or rating_in_words(outcome), outcome.actual.strip())))


def decision_in_words(decision: str) -> str:
    return _say(_DECISIONS, decision)


def effect_in_words(effect: str) -> str:
    return _say(_EFFECTS, effect)


def reason_in_words(evidence: str) -> str:
    return _say(_REASONS, evidence)


def meeting_in_words(kind: str) -> str:
    return _say(_MEETINGS, kind) or "a meeting"


def role_in_words(role: str) -> str:
    return _say(_ROLES, role)


def kind_in_words(kind: str) -> str:
    return _say(_KINDS, kind)


def horizon_in_words(horizon: str) -> str:
    return _say(_HORIZONS, horizon)


def impact_in_words(impact: str) -> str:
    return _say(_IMPACTS, impact)


def scored(text: str, rating: int | None) -> str:
    """``3 of 10 (score 3 out of 10)``; without words, the score alone."""
    if rating is None:
        return text
    return f"{text} (score {rating} out of 10)" if text.strip() else f"Score {rating} out of 10"


def sentences(*parts: object) -> str:
    """Several texts as sentences, empty ones left out."""
    texts = [text for part in parts if (text := str(part or "").strip())]
    return " ".join(text if text.endswith((".", "!", "?", "…")) else f"{text}." for text in texts)


def listed(items: Sequence[str]) -> str:
    """``1``, ``1 and 2``, ``1, 2 and 3``."""
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def _say(words: dict[str, str], code: str) -> str:
    """The plain words for a code; a school's own words stay as they are."""
    return words.get(code.strip().casefold().replace("’", "'"), code.strip())
