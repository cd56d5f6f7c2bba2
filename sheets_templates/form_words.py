"""The words of a form: what is a label, a blank to write on, a tick box, a heading number or a placeholder. Pure."""

from __future__ import annotations

import re

GAP = "\ue000"
"""Stands for a place to write on, however the form draws it."""

BOX = "☐"
_BOXES = str.maketrans(dict.fromkeys("□❏❑❒◻▢⬜☑☒◯○🔲", BOX))
_BOX_WORDS = re.compile(r"\[ ?[xX]? ?\](?!\w)|\( {1,3}\)")
_LEADERS = re.compile(r"[£$]?\s?(?:20)?_{2,}(?:\s*[/.\-]\s*(?:20)?_{2,})*|(?:\.\s?){4,}|…{2,}(?:[.…\s]*…)*")
_DATE_MASK = re.compile(
    r"\b[dD]{1,2}\s?[/.\-]\s?[mM]{1,2}\s?[/.\-]\s?[yY]{2,4}\b|(?<![\w/])\s*/\s{1,6}/\s*(?:20)?(?=\s|$)"
)
_MERGE_MARK = re.compile(r"\[[^\[\]☐]{2,40}\]|«[^»]{1,40}»|<[A-Za-z][^<>]{1,40}>")
_MERGED_IN = re.compile(rf"(?<=:)(?:\s*(?:{_MERGE_MARK.pattern}))+")
_PLACEHOLDER = re.compile(
    r"(click|tap|press)( or (tap|click|press))?( here)?\b.{0,50}|(choose|select) (an?|one|from)\b.{0,40}"
    r"|(enter|insert) .{0,30}|(type|write) here|choose|select|text|here|n/?a"
    r"|[£$%/\-–.,;:|\s]{0,6}|0{1,4}|/ ?10|yes ?/ ?no.{0,20}|y ?/ ?n",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^\s*(?:(?:section|part|step|stage|box|page)\s*(?:\d{1,2}|[A-Z])\b(?:[.\d]*)\s*[–—:.)\-]*\s*"
    r"|(?:Q|question)?\s*\(?[A-Z]?\d{1,2}(?:\.\d{1,2})*[a-z]?[.):]\s*"
    r"|\(?(?:[a-h]|[ivx]{1,4})[.)]\s+|Q?\d{1,2}(?:\.\d{1,2})*[a-z]?\s+(?=(?-i:[A-Z]))|[•▪●\-–*]\s+)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")
_ENDING = " \t\n\u00a0:;.…·_-–—*" + GAP
_ASIDE = re.compile(
    r"^(e\.?g\.?\b|for example|please\b|use this|note\b|note:|nb\b|this (form|section|plan|page|document)\b"
    r"|complete (this|the|all|one|a|each)\b|continue (on|over)|attach (a|any|here|copies|separate)\b"
    r"|tick (all|one|the)|delete\b|see\b|refer to\b|remember\b|include\b"
    r"|copy to\b|cc\b|return\b|if (yes|no|applicable)\b|one (line|row|sheet|copy|form) (for|per) each\b)",
    re.IGNORECASE,
)
_LONGEST_LABEL = 160
_MOST_WORDS = 24


def gaps(text: str) -> str:
    """The text with every place to write on as one GAP, and every tick box as one BOX."""
    boxed = _BOX_WORDS.sub(BOX, text.translate(_BOXES))
    return _DATE_MASK.sub(GAP, _LEADERS.sub(GAP, _MERGED_IN.sub(f" {GAP}", boxed)))


def is_blank(text: str) -> bool:
    """Whether nothing but places to write on and placeholders stands here: an answer goes here."""
    bare = _MERGE_MARK.sub("", gaps(text)).replace(GAP, " ")
    return BOX not in bare and bool(_PLACEHOLDER.fullmatch(bare.strip()) or not _WORD.search(bare))


def is_options(text: str) -> bool:
    return BOX in gaps(text)


def label_text(text: str) -> str:
    """A label as printed: tidy spaces, no colon or dots at its end, no number in front."""
    tidy = " ".join(text.replace(GAP, " ").split())
    bare = _NUMBERED.sub("", tidy, count=1).strip(_ENDING)
    return (bare or tidy).strip(_ENDING)


def can_be_label(text: str) -> bool:
    """Whether a text has the size and the shape of a label, not of an instruction or a story."""
    tidy = label_text(text)
    if not any(letter.isalpha() for letter in tidy) or len(tidy) > _LONGEST_LABEL or len(tidy.split()) > _MOST_WORDS:
        return False
    whole = " ".join(text.split())
    if whole.startswith("(") and whole.endswith(")"):
        return False
    return not is_aside(whole)


def is_aside(text: str) -> bool:
    """Whether a text tells the reader how to fill in the form, or goes on for several sentences."""
    tidy = " ".join(text.split())
    tidy = _NUMBERED.sub("", tidy, count=1) or tidy
    sentences = len(re.findall(r"[a-z]{2}[.!] +[A-Z]", tidy)) + (tidy.endswith(".") and len(tidy.split()) > 3)
    return bool(_ASIDE.match(tidy)) or sentences >= 1


def options_of(text: str) -> tuple[str, ...]:
    """What may be ticked, in reading order, whether the boxes stand before or after the words."""
    marked = gaps(text)
    if BOX not in marked:
        return ()
    pieces = [" ".join(piece.replace(GAP, " ").split()).strip(" :;,") for piece in marked.split(BOX)]
    pieces = pieces[1:] if pieces[-1] or not pieces[0] else [re.split(r"[:?]", pieces[0])[-1].strip(), *pieces[1:-1]]
    return tuple(piece for piece in pieces if piece)


def ends_in_question(text: str) -> bool:
    """Whether a text asks: a question mark at its end, or before a hint in brackets."""
    return re.sub(r"\([^()]*\)\s*$", "", text.rstrip()).rstrip().endswith("?")
