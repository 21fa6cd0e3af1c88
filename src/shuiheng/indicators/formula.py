"""Formulas of indicators (指标公式): a small grammar over named facts, with its units checked.

    sum     = product, ( ("+" | "-"), product )*
    product = single, ( ("*" | "/"), single )*
    single  = number | name | function "(" sum, ( "," sum )* ")" | "(" sum ")"

`base(x)` is x in the base year. `chain(x)` multiplies an index with last year = 1 over the years after the
base year. `each(x)` adds x up over the members of its facts, such as classes of irrigation districts.
`above(x, limit)` is 1 where x lies above the limit and else 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shuiheng.indicators.errors import FormulaError, UnitMismatchError, UnknownNameError
from shuiheng.indicators.units import PLAIN, Dimensions, multiplied, same

_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z][a-z0-9_]*)|(?P<sign>[-+*/(),]))")
_END = re.compile(r"\s*\Z")
DEEPEST = 20


class Function(StrEnum):
    """What a formula can do with its parts besides arithmetic."""

    BASE = "base"
    CHAIN = "chain"
    EACH = "each"
    ABOVE = "above"
    CLAMP = "clamp"


ARGUMENTS: Mapping[Function, int] = {
    Function.BASE: 1,
    Function.CHAIN: 1,
    Function.EACH: 1,
    Function.ABOVE: 2,
    Function.CLAMP: 3,
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number that the definition itself gives."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, or a named part of the definition."""

    name: str


@dataclass(frozen=True, slots=True)
class Sign:
    """Two parts joined by `+`, `-`, `*` or `/`."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of its parts."""

    function: Function
    parts: tuple[Node, ...]


Node = Number | Name | Sign | Call


def read_formula(text: str) -> Node:
    """Return a formula that is written as text (指标公式).

    Raises:
        FormulaError: It cannot be read; the place is named.
    """
    return _Reader(text).whole()


def names_in(node: Node) -> Iterator[str]:
    """Yield the names in a formula, in their order, each as often as it stands."""
    match node:
        case Name():
            yield node.name
        case Sign():
            yield from names_in(node.left)
            yield from names_in(node.right)
        case Call():
            for part in node.parts:
                yield from names_in(part)


def has_base(node: Node) -> bool:
    """Return whether a formula compares with a base year."""
    match node:
        case Call():
            own = node.function in (Function.BASE, Function.CHAIN)
            return own or any(has_base(part) for part in node.parts)
        case Sign():
            return has_base(node.left) or has_base(node.right)
        case _:
            return False


def dimensions_of(node: Node, units: Mapping[str, Dimensions]) -> Dimensions:
    """Return of what the result of a formula is made (量纲).

    Args:
        node: The formula.
        units: The dimensions of each fact.

    Raises:
        UnknownNameError: It names what is no fact.
        UnitMismatchError: It adds or compares parts of different units.
    """
    match node:
        case Number():
            return PLAIN
        case Name():
            if node.name not in units:
                raise UnknownNameError(node.name, units)
            return units[node.name]
        case Sign():
            left, right = dimensions_of(node.left, units), dimensions_of(node.right, units)
            if node.sign in "+-":
                return same(left, right, of=written_formula(node))
            return multiplied(left, right, sign=1 if node.sign == "*" else -1)
        case Call():
            return _of_call(node, [dimensions_of(part, units) for part in node.parts])


def _of_call(node: Call, parts: list[Dimensions]) -> Dimensions:
    first = parts[0]
    for other in parts[1:]:
        same(first, other, of=written_formula(node))
    if node.function is Function.CHAIN and first:
        raise UnitMismatchError(written_formula(node), "an index", "a quantity")
    return PLAIN if node.function is Function.ABOVE else first


def written_formula(node: Node) -> str:
    """Return a formula as text that reads back as the same formula."""
    match node:
        case Number():
            return str(node.value)
        case Name():
            return node.name
        case Call():
            return f"{node.function}({', '.join(written_formula(part) for part in node.parts)})"
        case Sign():
            return f"{_side(node.left, node.sign)} {node.sign} {_side(node.right, node.sign, is_right=True)}"


def _side(node: Node, sign: str, *, is_right: bool = False) -> str:
    text = written_formula(node)
    if not isinstance(node, Sign):
        return text
    is_sum = node.sign in "+-"
    needs_brackets = (is_sum or sign in "*/") if is_right else (is_sum and sign in "*/")
    return f"({text})" if needs_brackets else text


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text, 0, 0

    def whole(self) -> Node:
        node = self._sum()
        if not _END.match(self.text, self.at):
            raise self._wrong("unexpected sign")
        return node

    def _sum(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._wrong("too deep")
        node = self._product()
        while (sign := self._sign("+-")) is not None:
            node = Sign(sign, node, self._product())
        self.depth -= 1
        return node

    def _product(self) -> Node:
        node = self._single()
        while (sign := self._sign("*/")) is not None:
            node = Sign(sign, node, self._single())
        return node

    def _single(self) -> Node:
        found = _TOKEN.match(self.text, self.at)
        if found is None:
            raise self._wrong("a fact or number is missing")
        if found["number"]:
            self.at = found.end()
            return Number(Decimal(found["number"]))
        if found["name"]:
            self.at = found.end()
            return self._named(found["name"])
        self._expect("(")
        node = self._sum()
        self._expect(")")
        return node

    def _named(self, name: str) -> Node:
        if self._sign("(") is None:
            return Name(name)
        if name not in set(Function):
            raise self._wrong(f"{name} is no function")
        function = Function(name)
        parts = [self._sum()]
        while self._sign(",") is not None:
            parts.append(self._sum())
        if len(parts) != ARGUMENTS[function]:
            raise self._wrong(f"{name} takes {ARGUMENTS[function]} parts")
        self._expect(")")
        return Call(function, tuple(parts))

    def _sign(self, wanted: str) -> str | None:
        found = _TOKEN.match(self.text, self.at)
        if found is None or not found["sign"] or found["sign"] not in wanted:
            return None
        self.at = found.end()
        return found["sign"]

    def _expect(self, sign: str) -> None:
        if self._sign(sign) is None:
            raise self._wrong(f"{sign!r} is missing")

    def _wrong(self, why: str) -> FormulaError:
        return FormulaError(self.text, self.at, why)
