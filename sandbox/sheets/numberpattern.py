"""Numbers through patterns: the tokens of https://developers.google.com/workspace/sheets/api/guides/formats.

Digits take their places from the right before the point and from the left after it. Up to four sections: positive,
negative, zero, text; or sections with conditions such as ``[<100]``. Colours are taken and not written."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from sandbox.sheets.locales import Locale
from sandbox.sheets.sections import Section, Token, sections


def number_as(number: float, text: str, locale: Locale, general: Callable[[float], str]) -> str:
    """A number through a pattern. ``general`` writes it where the pattern says General, or nothing of digits."""
    section, signed = _section(number, sections(text))
    size = abs(number)
    kinds = {kind for kind, _ in section.tokens}
    if "general" in kinds or "at" in kinds:
        body = "".join(general(size) if kind in ("general", "at") else part for kind, part in section.tokens)
    elif "slash" in kinds:
        body = _with_fraction(size, section)
    elif "digit" in kinds:
        body = _with_digits(size, section, locale)
    else:
        return "".join(part for _, part in section.tokens)
    negative = number < 0 and signed and any(digit in "123456789" for digit in body)
    return "-" + body if negative else body


def text_as(value: str, text: str) -> str:
    """A text through a pattern: its section for texts, or the text as it is."""
    found = sections(text)
    section = found[3] if len(found) > 3 else found[-1]
    if not section.texts("at"):
        return value
    return "".join(value if kind == "at" else part for kind, part in section.tokens)


def _section(number: float, found: tuple[Section, ...]) -> tuple[Section, bool]:
    """The section for a number, and whether it still wants its minus sign."""
    if any(section.condition for section in found):
        section = next((each for each in found[:3] if each.takes(number)), found[-1])
        return section, True
    numeric = [each for each in found[:3] if not each.texts("at")] or list(found[:1])
    if number < 0 and len(numeric) > 1:
        return numeric[1], False
    if number == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], True


def _with_digits(number: float, section: Section, locale: Locale) -> str:
    tokens = list(section.tokens)
    power = next((place for place, (kind, _) in enumerate(tokens) if kind == "power"), len(tokens))
    point = next((place for place, (kind, _) in enumerate(tokens[:power]) if kind == "point"), power)
    whole = [text for kind, text in tokens[:point] if kind == "digit"]
    decimals = [text for kind, text in tokens[point:power] if kind == "digit"]
    number = number * 100 ** len(section.texts("percent")) / 1000 ** _scaling(tokens[:power])
    exponent = 0
    if power < len(tokens):
        number, exponent = _mantissa(number, max(1, len(whole)), len(decimals))
    digits, _, rest = f"{_rounded(number, len(decimals)):f}".partition(".")
    integer = _Digits(digits.lstrip("0"), whole, locale.group if _grouped(tokens[:point]) else "")
    shown = [integer.next(text) if kind == "digit" else _plain(kind, text) for kind, text in tokens[:point]]
    if not whole and digits.strip("0"):
        shown.append(digits)
    if point < power:
        shown += [locale.decimal, *_decimals(rest, tokens[point + 1 : power])]
    return "".join([*shown, *_exponent(exponent, tokens[power:])])


def _plain(kind: str, text: str) -> str:
    return "" if kind == "comma" else text


def _scaling(tokens: list[Token]) -> int:
    """How many commas follow the last digit: each divides by a thousand."""
    last = max((place for place, (kind, _) in enumerate(tokens) if kind == "digit"), default=-1)
    count = 0
    for kind, _ in tokens[last + 1 :]:
        if kind != "comma":
            break
        count += 1
    first_part = next((place for place, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    before = [kind for kind, _ in tokens[:first_part]]
    trailing = len(before) - len("".join("c" if kind == "comma" else "x" for kind in before).rstrip("c"))
    return count + (trailing if first_part < len(tokens) else 0)


def _grouped(tokens: list[Token]) -> bool:
    kinds = [kind for kind, _ in tokens if kind in ("digit", "comma")]
    return "comma" in kinds and "digit" in kinds[kinds.index("comma") :]


def _rounded(number: float, places: int) -> Decimal:
    return Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


class _Digits:
    """Hands out an integer's digits to its places, the first place taking all that the others have no room for."""

    def __init__(self, digits: str, places: list[str], group: str) -> None:
        self._digits = digits
        self._left = len(places)
        self._group = group
        self._begun = False

    def next(self, place: str) -> str:
        rest = self._left - 1
        cut = max(0, len(self._digits) - rest)
        mine, self._digits = (self._digits[:cut], self._digits[cut:]) if self._digits else ("", "")
        self._left = rest
        mine = mine or ("0" if place == "0" else " " if place == "?" and not self._begun else "")
        shown = "".join(self._separated(digit, len(mine) - 1 - n + rest) for n, digit in enumerate(mine))
        self._begun = self._begun or bool(mine.strip())
        return shown

    def _separated(self, digit: str, following: int) -> str:
        grouped = self._group and following and following % 3 == 0 and digit != " "
        return digit + self._group if grouped else digit


def _decimals(rest: str, tokens: list[Token]) -> list[str]:
    shown, places = [], [text for kind, text in tokens if kind == "digit"]
    kept = max((n + 1 for n, place in enumerate(places) if place == "0" or rest[n] != "0"), default=0)
    place = 0
    for kind, text in tokens:
        if kind != "digit":
            shown.append(_plain(kind, text))
            continue
        shown.append(rest[place] if place < kept else " " if text == "?" else "")
        place += 1
    return shown


def _mantissa(number: float, whole: int, decimals: int) -> tuple[float, int]:
    if not number:
        return 0.0, 0
    exponent = int(f"{number:e}".partition("e")[2]) - (whole - 1)
    if _rounded(number / 10.0**exponent, decimals) >= 10**whole:
        exponent += 1
    return number / 10.0**exponent, exponent


def _exponent(exponent: int, tokens: list[Token]) -> list[str]:
    if not tokens:
        return []
    sign = "-" if exponent < 0 else "+" if tokens[0][1].endswith("+") else ""
    width = len([kind for kind, _ in tokens if kind == "digit"])
    rest = [_plain(kind, text) for kind, text in tokens[1:] if kind != "digit"]
    return [tokens[0][1][0], sign, str(abs(exponent)).zfill(width), *rest]


def _with_fraction(number: float, section: Section) -> str:
    """A whole number, where the pattern has one, and a fraction of at most as many digits as it has places."""
    tokens = list(section.tokens)
    slash = next(place for place, (kind, _) in enumerate(tokens) if kind == "slash")
    start = slash
    while start and tokens[start - 1][0] == "digit":
        start -= 1
    end = slash + 1
    while end < len(tokens) and (tokens[end][0] == "digit" or tokens[end][1].isdigit()):
        end += 1
    above = [text for _, text in tokens[start:slash]]
    below = "".join(text for _, text in tokens[slash + 1 : end])
    has_whole = any(kind == "digit" for kind, _ in tokens[:start])
    whole, part = (int(number), Fraction(number) - int(number)) if has_whole else (0, Fraction(number))
    over, under = _nearest(part, below)
    if has_whole and under and over == under:
        whole, over = whole + 1, 0
    integer = _Digits(str(whole).lstrip("0"), [text for kind, text in tokens[:start] if kind == "digit"], "")
    lead = [integer.next(text) if kind == "digit" else _plain(kind, text) for kind, text in tokens[:start]]
    return "".join([*lead, _over(over, under, above, below), *(text for _, text in tokens[end:])])


def _nearest(part: Fraction, below: str) -> tuple[int, int]:
    if below.isdigit() and below.strip("0"):
        under = int(below)
        return int(part * under + Fraction(1, 2)), under
    found = part.limit_denominator(10 ** max(1, len(below)) - 1)
    return found.numerator, found.denominator


def _over(over: int, under: int, above: list[str], below: str) -> str:
    if not over:
        return " " * (len(above) + 1 + len(below)) if "?" in above else ""
    top = str(over).rjust(len(above)) if "?" in above else str(over).zfill(above.count("0"))
    return top + "/" + (str(under).ljust(len(below)) if "?" in below else str(under))
