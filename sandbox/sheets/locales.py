"""What a spreadsheet's locale changes: separators, the order of dates, the looks of money, names and booleans.

American, British, German and French sheets are known; any other English one is read as British, and so is the rest.
Source: Unicode CLDR for names and separators; the looks of dates and times without a pattern are from recorded
answers for en_US and en_GB, and assumed for the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ENGLISH_MONTHS = _names("January February March April May June July August September October November December")
_ENGLISH_DAYS = _names("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """``patterns`` are a number type's looks where a format gives none; ``short`` are month names cut to three."""

    decimal: str = "."
    group: str = ","
    month_first: bool = False
    date_separator: str = "/"
    patterns: Mapping[str, str] = field(default_factory=dict)
    months: tuple[str, ...] = _ENGLISH_MONTHS
    short_months: tuple[str, ...] = tuple(name[:3] for name in _ENGLISH_MONTHS)
    days: tuple[str, ...] = _ENGLISH_DAYS
    short_days: tuple[str, ...] = tuple(name[:3] for name in _ENGLISH_DAYS)
    true: str = "TRUE"
    false: str = "FALSE"


_ANYWHERE = {
    "TIME": "hh:mm:ss",
    "PERCENT": "0.00%",
    "NUMBER": "#,##0.00",
    "SCIENTIFIC": "0.00E+00",
    "TEXT": "@",
}


def _patterns(date: str, time: str, money: str) -> Mapping[str, str]:
    return {**_ANYWHERE, "DATE": date, "DATE_TIME": f"{date} {time}", "CURRENCY": money}


_BRITISH = Locale(patterns=_patterns("dd/mm/yyyy", "hh:mm:ss", "£#,##0.00"))
_AMERICAN = Locale(month_first=True, patterns=_patterns("m/d/yyyy", "h:mm:ss", "$#,##0.00"))
_GERMAN = Locale(
    decimal=",",
    group=".",
    date_separator=".",
    patterns=_patterns("dd.mm.yyyy", "hh:mm:ss", "#,##0.00 [$€]"),
    months=_names("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    short_months=_names("Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez."),
    days=_names("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"),
    short_days=_names("Mo Di Mi Do Fr Sa So"),
    true="WAHR",
    false="FALSCH",
)
_FRENCH = Locale(
    decimal=",",
    group="\u202f",
    patterns=_patterns("dd/mm/yyyy", "hh:mm:ss", "#,##0.00 [$€]"),
    months=_names("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    short_months=_names("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
    days=_names("lundi mardi mercredi jeudi vendredi samedi dimanche"),
    short_days=_names("lun. mar. mer. jeu. ven. sam. dim."),
    true="VRAI",
    false="FAUX",
)
_KNOWN = {"en_US": _AMERICAN, "en_GB": _BRITISH, "de_DE": _GERMAN, "fr_FR": _FRENCH}
_BY_LANGUAGE = {"de": _GERMAN, "fr": _FRENCH}


def locale_of(name: str) -> Locale:
    """The locale of a spreadsheet, such as ``en_GB``."""
    return _KNOWN.get(name) or _BY_LANGUAGE.get(name.partition("_")[0], _BRITISH)
