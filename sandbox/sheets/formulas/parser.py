"""Formula text to a tree of nodes. Lexing is openpyxl's; precedence is Sheets'.

Loosest first: comparisons, ``&``, ``+ -``, ``* /``, ``^``, sign, ``%``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from openpyxl.formula.tokenizer import Token

from sandbox.sheets.formulas.refs import BadFormula, Ref, parse_ref, tokens
from sandbox.sheets.formulas.values import ERROR_TYPES, Scalar


@dataclass(frozen=True, slots=True)
class Literal:
    value: Scalar


@dataclass(frozen=True, slots=True)
class ErrorLiteral:
    code: str


@dataclass(frozen=True, slots=True)
class Reference:
    ref: Ref


@dataclass(frozen=True, slots=True)
class Name:
    """A named range, or a name nobody knows."""

    text: str


@dataclass(frozen=True, slots=True)
class Unary:
    sign: str
    of: Node


@dataclass(frozen=True, slots=True)
class Binary:
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Invoke:
    name: str
    arguments: tuple[Node, ...]


Node = Literal | ErrorLiteral | Reference | Name | Unary | Binary | Invoke

_LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))


@lru_cache(maxsize=1 << 15)
def parse(formula: str) -> Node:
    """The tree of a formula that starts with ``=``. Raises BadFormula."""
    reader = _Reader([token for token in tokens(formula) if token.type != Token.WSPACE])
    node = reader.level(0)
    if reader.peek() is not None:
        raise BadFormula(formula)
    return node


class _Reader:
    def __init__(self, items: list[Token]) -> None:
        self._items = items
        self._at = 0

    def peek(self) -> Token | None:
        return self._items[self._at] if self._at < len(self._items) else None

    def take(self) -> Token:
        token = self.peek()
        if token is None:
            raise BadFormula("unfinished")
        self._at += 1
        return token

    def level(self, depth: int) -> Node:
        if depth == len(_LEVELS):
            return self.signed()
        left = self.level(depth + 1)
        while (token := self.peek()) and token.type == Token.OP_IN and token.value in _LEVELS[depth]:
            self.take()
            left = Binary(token.value, left, self.level(depth + 1))
        return left

    def signed(self) -> Node:
        token = self.peek()
        if token is not None and token.type == Token.OP_PRE:
            self.take()
            return Unary(token.value, self.signed())
        node = self.primary()
        while (token := self.peek()) and token.type == Token.OP_POST:
            self.take()
            node = Unary("%", node)
        return node

    def primary(self) -> Node:
        token = self.take()
        if token.type == Token.OPERAND:
            return _operand(token)
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            return Invoke(token.value[:-1], self.arguments())
        if token.type == Token.PAREN and token.subtype == Token.OPEN:
            node = self.level(0)
            self.close(Token.PAREN)
            return node
        raise BadFormula(token.value)

    def arguments(self) -> tuple[Node, ...]:
        if self._closes(Token.FUNC):
            self.take()
            return ()
        found = [self.argument()]
        while (token := self.peek()) and token.type == Token.SEP:
            self.take()
            found.append(self.argument())
        self.close(Token.FUNC)
        return tuple(found)

    def argument(self) -> Node:
        token = self.peek()
        if self._closes(Token.FUNC) or (token is not None and token.type == Token.SEP):
            return Literal(None)
        return self.level(0)

    def close(self, kind: str) -> None:
        if not self._closes(kind):
            raise BadFormula("unclosed bracket")
        self.take()

    def _closes(self, kind: str) -> bool:
        token = self.peek()
        return token is not None and token.type == kind and token.subtype == Token.CLOSE


def _operand(token: Token) -> Node:
    value: str = token.value
    if token.subtype == Token.TEXT:
        return Literal(value[1:-1].replace('""', '"'))
    if token.subtype == Token.NUMBER:
        return Literal(float(value))
    if token.subtype == Token.LOGICAL:
        return Literal(value.upper() == "TRUE")
    if token.subtype == Token.ERROR or value.upper() in ERROR_TYPES or "#REF!" in value:
        return ErrorLiteral(value.upper() if value.upper() in ERROR_TYPES else "#REF!")
    ref = parse_ref(value)
    return Reference(ref) if ref else Name(value)
