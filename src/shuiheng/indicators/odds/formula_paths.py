"""A formula over samples: each fact is a number that is known or an array with one entry for each future."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from shuiheng.indicators.definition import IndicatorVersion
from shuiheng.indicators.evaluate import Question
from shuiheng.indicators.facts import WHOLE, FactBook, FactKey
from shuiheng.indicators.formula import Call, Function, Name, Node, Number, Sign, names_in
from shuiheng.indicators.odds.series import Floats

Paths = Mapping[FactKey, Floats]
Value = Floats | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaPaths:
    """A formula with what is known of its facts, and samples of what is not.

    Args:
        version: The definition.
        question: With base year and choices.
        book: What is known, which goes before no sample of the same year.
        paths: Samples in base units, by fact and year.
    """

    version: IndicatorVersion
    question: Question
    book: FactBook
    paths: Paths

    def value_of(self, year: int) -> Floats | None:
        """Return samples of the value of a year in the unit of the definition; None without all facts."""
        found = self._value(self.version.formula, year, WHOLE)
        if found is None:
            return None
        size = max((len(each) for each in self.paths.values()), default=1)
        scaled = np.broadcast_to(np.asarray(found, dtype=np.float64), (size,)) / float(
            self.version.unit.scale
        )
        return scaled if np.isfinite(scaled).all() else None

    def _value(self, node: Node, year: int, member: str) -> Value:
        match node:
            case Number():
                return float(node.value)
            case Name():
                return self._named(node.name, year, member)
            case Sign():
                return _joined(
                    node.sign, self._value(node.left, year, member), self._value(node.right, year, member)
                )
            case Call():
                return self._called(node, year, member)

    def _named(self, name: str, year: int, member: str) -> Value:
        if name in self.version.constants:
            constant = self.version.constants[name]
            return float(constant.unit.to_base(constant.value))
        if name in self.version.parts:
            return self._value(self.version.node_of(name, self.question.choices), year, member)
        kind = self.book.kinds[name]
        key = FactKey(name, year, member if kind.is_by_member else WHOLE)
        if key in self.paths:
            return self.paths[key]
        figure = self.book.figures.get(key)
        return None if figure is None else float(kind.unit.to_base(figure.value))

    def _called(self, node: Call, year: int, member: str) -> Value:
        first, base = node.parts[0], self.question.base_year or year
        match node.function:
            case Function.BASE:
                return self._value(first, base, member)
            case Function.CHAIN:
                found: Value = 1.0
                for each in range(base + 1, year + 1):
                    found = _joined("*", found, self._value(first, each, member))
                return found
            case Function.EACH:
                return self._added(first, year)
        return _bounded(node.function, [self._value(part, year, member) for part in node.parts])

    def _added(self, node: Node, year: int) -> Value:
        names = {name for name in names_in(node) if name in self.book.kinds}
        members = sorted(
            {key.member for key in (*self.book.figures, *self.paths) if key.fact in names and key.member}
        )
        total: Value = 0.0 if members else None
        for member in members:
            total = _joined("+", total, self._value(node, year, member))
        return total


def _joined(sign: str, left: Value, right: Value) -> Value:
    if left is None or right is None:
        return None
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.divide(left, right)


def _bounded(function: Function, parts: list[Value]) -> Value:
    values = [each for each in parts if each is not None]
    if len(values) < len(parts):
        return None
    if function is Function.ABOVE:
        return np.where(np.asarray(values[0]) > np.asarray(values[1]), 1.0, 0.0)
    value, least, most = values
    return np.asarray(np.minimum(np.maximum(value, least), most), dtype=np.float64)
