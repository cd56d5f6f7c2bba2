"""The search language of ``files.list``: text in, one test of a file out; anything else is refused as Google does.

https://developers.google.com/workspace/drive/api/guides/ref-search-terms"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.call import ApiError
from sandbox.drive import errors, terms
from sandbox.drive.terms import Test

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<operator><=|>=|!=|=|<|>)
      | (?P<mark>[(){}])
      | (?P<word>[A-Za-z][\w.]*)
    )""",
    re.VERBOSE | re.DOTALL,
)
_MAX_DEPTH = 50
OLD_NAMES = {
    "title": "name",
    "title_natural": "name_natural",
    "createdDate": "createdTime",
    "modifiedDate": "modifiedTime",
    "modifiedByMeDate": "modifiedByMeTime",
    "lastViewedByMeDate": "viewedByMeTime",
    "sharedWithMeDate": "sharedWithMeTime",
}
"""What v2 calls a field, and what v3 does."""


@dataclass(frozen=True)
class Token:
    """One piece of a query: ``kind`` is text, operator, mark, word or end."""

    kind: str
    value: str


def parse(query: str, *, old: bool = False) -> Test:
    """What the query asks of a file. 400 ``invalid`` on ``q`` when Google's parser would not take it.

    ``old`` takes v2's names of fields."""
    tokens = _tokens(query)
    return _Parser([_renamed(token) for token in tokens] if old else tokens).whole()


def _renamed(token: Token) -> Token:
    """A v2 word in v3's; 400 for a word that only v3 knows."""
    if token.kind != "word":
        return token
    if token.value in OLD_NAMES.values():
        raise invalid_query()
    return Token(token.kind, OLD_NAMES.get(token.value, token.value))


def invalid_query() -> ApiError:
    return errors.invalid("Invalid Value", location="q")


def _tokens(query: str) -> list[Token]:
    found: list[Token] = []
    position = 0
    while query[position:].strip():
        match = _TOKEN.match(query, position)
        if match is None:
            raise invalid_query()
        kind = str(match.lastgroup)
        value = match.group(kind)
        found.append(Token(kind, re.sub(r"\\(.)", r"\1", value[1:-1]) if kind == "text" else value))
        position = match.end()
    return found


class _Parser:
    """Recursive descent over the tokens; ``and`` and ``or`` bind alike, from left to right, as documented."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Test:
        test = self._expression()
        if self._at != len(self._tokens):
            raise invalid_query()
        return test

    def _expression(self) -> Test:
        test = self._unit()
        while (joined := self._peek().value.lower()) in ("and", "or") and self._peek().kind == "word":
            self._at += 1
            test = _join(joined, test, self._unit())
        return test

    def _unit(self) -> Test:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise invalid_query()
        try:
            return self._unit_within_depth()
        finally:
            self._depth -= 1

    def _unit_within_depth(self) -> Test:
        token = self._next()
        if token == Token("mark", "("):
            test = self._expression()
            self._expect("mark", ")")
            return test
        if token.kind == "word" and token.value.lower() == "not":
            inner = self._unit()
            return lambda subject: not inner(subject)
        if token.kind == "text":
            return self._membership(token.value)
        if token.kind == "word":
            return self._comparison(token.value)
        raise invalid_query()

    def _membership(self, value: str) -> Test:
        self._expect("word", "in")
        return _made(terms.membership, self._word(), value)

    def _comparison(self, field: str) -> Test:
        token = self._peek()
        if token == Token("word", "has"):
            self._at += 1
            key, value = self._pair()
            return _made(terms.has_property, field, key, value)
        if token.kind == "operator" or token == Token("word", "contains"):
            self._at += 1
            given = self._next()
            if given.kind not in ("text", "word"):
                raise invalid_query()
            return _made(terms.comparison, field, token.value, given.value, quoted=given.kind == "text")
        if field == "sharedWithMe":
            return _made(terms.comparison, field, "=", "true", quoted=False)
        raise invalid_query()

    def _pair(self) -> tuple[str, str]:
        self._expect("mark", "{")
        self._expect("word", "key")
        self._expect("operator", "=")
        key = self._text()
        self._expect("word", "and")
        self._expect("word", "value")
        self._expect("operator", "=")
        value = self._text()
        self._expect("mark", "}")
        return key, value

    def _peek(self) -> Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else Token("end", "")

    def _next(self) -> Token:
        token = self._peek()
        self._at += 1
        return token

    def _expect(self, kind: str, value: str) -> None:
        if self._next() != Token(kind, value):
            raise invalid_query()

    def _word(self) -> str:
        token = self._next()
        if token.kind != "word":
            raise invalid_query()
        return token.value

    def _text(self) -> str:
        token = self._next()
        if token.kind != "text":
            raise invalid_query()
        return token.value


def _join(word: str, left: Test, right: Test) -> Test:
    if word == "and":
        return lambda subject: left(subject) and right(subject)
    return lambda subject: left(subject) or right(subject)


def _made(make: Callable[..., Test | None], *args: str, **options: bool) -> Test:
    """The term's test, or the refusal where the field doesn't exist or doesn't take that operator or value."""
    test = make(*args, **options)
    if test is None:
        raise invalid_query()
    return test
