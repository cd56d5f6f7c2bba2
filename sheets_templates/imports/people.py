"""Names as schools write them: ``SURNAME, First (Known)``, ``First Surname``, several people in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sheets_templates.imports.meanings import meaning
from sheets_templates.text import comparable, tidy

_KNOWN = re.compile(r"[(\[\"“'‘]\s*([^()\[\]\"“”]+?)\s*[)\]\"”'’](?=\s|$|,)")
_PARTICLES = frozenset(
    {"de", "da", "di", "del", "van", "von", "der", "den", "la", "le", "al", "el", "st", "bin", "ap"}
)
_EMAIL = re.compile(r"[^\s<>;,()]+@[^\s<>;,()]+\.[^\s<>;,()]+")
_PHONE = re.compile(r"(?<![\w@])(?:\+44\s?|0)(?:\d[\s-]?){8,10}\d")
_SEVERAL = re.compile(r"\s*(?:;|\n|\s+&\s+|\s+and\s+)\s*")
_MAC = re.compile(r"\b(Mc)([a-z])")
_INITIAL = re.compile(r"\S+(?:\s+\S+)?\s+[^\W\d_]\.?")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev"})


@dataclass(frozen=True, kw_only=True)
class Name:
    first: str
    last: str
    known: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """A parent or carer as named in one cell."""

    name: str
    relationship: str = ""
    phone: str = ""
    email: str = ""


def parse_name(text: str) -> Name | None:
    """First and last name, and the name in brackets or quotes; None where it is no name of one person."""
    text = " ".join(tidy(text).split())
    nick = _KNOWN.search(text)
    known = nick[1] if nick else ""
    bare = " ".join((text[: nick.start()] + text[nick.end() :] if nick else text).split())
    if not bare or any(letter.isdigit() for letter in bare) or len(bare) > 80 or bare.count(",") > 1:
        return None
    last, comma, first = (part.strip() for part in bare.partition(","))
    if not comma:
        first, last = _two(bare.split())
    return Name(first=fair(first), last=fair(last), known=known) if first or last else None


def _two(words: list[str]) -> tuple[str, str]:
    loud = [word for word in words if len(word) > 1 and word.isupper()]
    if loud and len(loud) < len(words):
        return " ".join(w for w in words if w not in loud), " ".join(loud)
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold() in _PARTICLES:
        cut -= 1
    return (" ".join(words[:cut]), " ".join(words[cut:])) if cut else (words[0], "")


def fair(name: str) -> str:
    """A name in capitals as people write it; any other name as it is."""
    if not name.isupper() or len(name) < 2:
        return name
    return _MAC.sub(lambda found: found[1] + found[2].upper(), name.title())


def looks_like_name(text: str) -> bool:
    """Whether a short text could be the name of one child: letters only, two to five words or a comma."""
    text = tidy(text)
    words = text.replace(",", " ").split()
    plain = all(part.replace("-", "").replace("'", "").replace("’", "").strip('()."“”').isalpha() for part in words)
    return 2 <= len(words) <= 6 and len(text) <= 60 and plain and sum(w[0].isupper() for w in words) * 2 >= len(words)


def several_names(text: str) -> tuple[str, ...]:
    """The names in one cell of a group (``Deniz O, Marco T, Ellis P``); () where it names one child.

    ``SURNAME, First`` names one: the pieces of a group each have a first name and an initial or surname."""
    pieces = [piece for piece in (tidy(p) for p in re.split(r"[,;/\n&+]|\s+and\s+", text)) if piece]
    if len(pieces) < 2 or not all(len(piece.split()) >= 2 for piece in pieces):
        return ()
    short = [_INITIAL.fullmatch(piece) is not None for piece in pieces]
    return tuple(pieces) if len(pieces) > 2 or any(short) else ()


def same_child(piece: str, name: Name) -> bool:
    """Whether ``Deniz O`` may be this child: first or known name alike, and the surname begins so."""
    first, *rest = comparable(piece).split() or [""]
    ours = {word for text in (name.first, name.known) for word in comparable(text).split()[:1]}
    return bool(first) and first in ours and comparable(name.last).startswith(" ".join(rest))


def parse_people(text: str) -> tuple[Person, ...]:
    """Parents and carers in one cell, with relationship, phone and email where they stand beside the name."""
    found = [_person(piece) for piece in _pieces(tidy(text)) if tidy(piece)]
    return tuple(person for person in found if person is not None)


def _pieces(text: str) -> list[str]:
    pieces = _SEVERAL.split(text)
    return pieces if len(pieces) > 1 else re.split(r"\s*[,/]\s*(?=[^\W\d_]{2,}\s+[^\W\d_]{2,})", text)


def _person(text: str) -> Person | None:
    email, phone = _EMAIL.search(text), _PHONE.search(text)
    rest = _PHONE.sub(" ", _EMAIL.sub(" ", text))
    relation = ""
    for inside in re.findall(r"\(([^()]*)\)|[-–:]\s*([^\W\d_]+)\s*$", rest):
        relation = next((meaning("relationships", word) for word in inside if word), "") or relation
    name = " ".join(re.sub(r"\([^()]*\)|[-–:]\s*[^\W\d_]*\s*$", " ", rest).split()).strip(" ,.:–-")
    lead, _, after = name.partition(" ")
    if after and not relation and meaning("relationships", lead.strip(":")):
        relation, name = meaning("relationships", lead.strip(":")), after
    if not any(letter.isalpha() for letter in name):
        return None
    return Person(
        name=name, relationship=relation, phone=phone[0].strip() if phone else "", email=email[0] if email else ""
    )


def without_title(text: str) -> str:
    """An adult's name without Mr, Mrs and the like."""
    words = text.split()
    bare = [word for word in words if comparable(word) not in _TITLES]
    return " ".join(bare) if len(bare) < len(words) else text
