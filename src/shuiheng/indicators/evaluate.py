"""The value of an indicator (指标计算), with every fact that went into it and the arithmetic written out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from shuiheng.indicators.definition import NO_CHOICES, Indicator, IndicatorVersion
from shuiheng.indicators.errors import NoBaseYearError
from shuiheng.indicators.facts import WHOLE, CollectedUnder, FactBook, FactFigure, FactKey, Grade
from shuiheng.indicators.formula import Call, Function, Name, Node, Number, Sign, names_in

ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which value of an indicator is asked for.

    Args:
        year: The year.
        base_year: The year with which it compares, or None.
        choices: What is meant where it can be meant in several ways, by part.
    """

    year: int
    base_year: int | None = None
    choices: Mapping[str, str] = field(default_factory=lambda: NO_CHOICES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A fact that went into a value."""

    key: FactKey
    figure: FactFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFigure:
    """The value of an indicator (指标值).

    Args:
        indicator: The indicator.
        version: The version by which it was computed.
        question: What was asked.
        value: The exact value in the unit of the version, not rounded; None while something is missing.
        used: The facts that went into it, each once, in the order of the formula.
        missing: The facts that are missing.
        stopped: Why it has no value although no fact is missing; `zero` for a division by nothing.
        arithmetic: The formula with the figures in place, in base units; empty while something is missing.
    """

    indicator: Indicator
    version: IndicatorVersion
    question: Question
    value: Decimal | None
    used: tuple[Used, ...]
    missing: tuple[FactKey, ...] = ()
    stopped: str = ""
    arithmetic: str = ""

    @property
    def worst_shares(self) -> Mapping[Grade, Decimal]:
        """Return for each grade the largest share that it has in any fact; what is missing counts whole."""
        found = {
            grade: max((each.figure.shares.get(grade, Decimal(0)) for each in self.used), default=Decimal(0))
            for grade in Grade
        }
        return found | {Grade.MISSING: ONE} if self.missing else found

    @property
    def up_to(self) -> date:
        """Return the last day of which it speaks: the earliest of its facts, else the last of its year."""
        last = date(self.question.year, 12, 31)
        own = (each.figure for each in self.used if each.key.year == self.question.year)
        return min((each.up_to for each in own if each.up_to is not None), default=last)

    @property
    def rests_on_survey(self) -> bool:
        """Return whether a fact was collected for statistics, so that nothing but statistics may use it."""
        return any(each.figure.collected_under is CollectedUnder.SURVEY for each in self.used)


def evaluate(indicator: Indicator, question: Question, book: FactBook) -> IndicatorFigure:
    """Return the value of an indicator for a year (指标计算).

    The version is that of the last day of the year.

    Raises:
        NotDefinedError: The indicator is not defined for that year.
        NoBaseYearError: It compares with a base year, and none before the year is given.
        UnknownChoiceError: A part has no such choice.
    """
    version = indicator.version_on(date(question.year, 12, 31))
    base = question.base_year
    if version.needs_base_year and (base is None or base >= question.year):
        raise NoBaseYearError(indicator.id, question.year, base)
    work = _Work(version, question, book)
    value, text = work.value(version.formula, question.year, WHOLE)
    is_known = value is not None and not work.missing
    return IndicatorFigure(
        indicator=indicator,
        version=version,
        question=question,
        value=version.unit.from_base(value) if value is not None and is_known else None,
        used=tuple(work.used.values()),
        missing=tuple(work.missing),
        stopped="" if is_known or work.missing else "zero",
        arithmetic=text if is_known else "",
    )


_Valued = tuple[Decimal | None, str]


def value_of_part(
    figure: IndicatorFigure, part: str, year: int, book: FactBook
) -> tuple[Decimal | None, str]:
    """Return what a part of a formula comes to in a year, in base units, with its arithmetic (分项计算).

    Args:
        figure: The value whose formula names the part.
        part: Id of the part.
        year: The year; a base year gives the part of the base year.
        book: The facts from which the value was computed.
    """
    work = _Work(figure.version, figure.question, book)
    return work.value(figure.version.node_of(part, figure.question.choices), year, WHOLE)


class _Work:
    """One walk over a formula: it goes on after what is missing, so that all of it is named."""

    def __init__(self, version: IndicatorVersion, question: Question, book: FactBook) -> None:
        self.version, self.question, self.book = version, question, book
        self.used: dict[FactKey, Used] = {}
        self.missing: dict[FactKey, None] = {}

    def value(self, node: Node, year: int, member: str) -> _Valued:
        match node:
            case Number():
                return node.value, str(node.value)
            case Name():
                return self._named(node.name, year, member)
            case Sign():
                return self._signed(node, year, member)
            case Call():
                return self._called(node, year, member)

    def _named(self, name: str, year: int, member: str) -> _Valued:
        if name in self.version.constants:
            constant = self.version.constants[name]
            return constant.unit.to_base(constant.value), _plain(constant.unit.to_base(constant.value))
        if name in self.version.parts:
            value, text = self.value(self.version.node_of(name, self.question.choices), year, member)
            return value, f"({text})"
        key = FactKey(name, year, member if self.book.kinds[name].is_by_member else WHOLE)
        figure = self.book.figures.get(key)
        if figure is None:
            self.missing[key] = None
            return None, name
        self.used[key] = Used(key=key, figure=figure)
        value = self.book.kinds[name].unit.to_base(figure.value)
        return value, _plain(value)

    def _signed(self, node: Sign, year: int, member: str) -> _Valued:
        left, left_text = self.value(node.left, year, member)
        right, right_text = self.value(node.right, year, member)
        text = f"{_closed(node.left, left_text)} {_SHOWN[node.sign]} {_closed(node.right, right_text)}"
        if left is None or right is None or (node.sign == "/" and right == 0):
            return None, text
        return _joined(node.sign, left, right), text

    def _called(self, node: Call, year: int, member: str) -> _Valued:
        first = node.parts[0]
        match node.function:
            case Function.BASE:
                return self.value(first, self.question.base_year or year, member)
            case Function.CHAIN:
                base = self.question.base_year or year
                return self._multiplied(
                    [self.value(first, each, member) for each in range(base + 1, year + 1)]
                )
            case Function.EACH:
                return self._added(first, year)
        return self._bounded(node, [self.value(part, year, member) for part in node.parts])

    def _multiplied(self, parts: list[_Valued]) -> _Valued:
        text = " × ".join(text for _, text in parts)
        product = ONE
        for value, _ in parts:
            if value is None:
                return None, text
            product *= value
        return product, f"({text})" if len(parts) > 1 else text

    def _added(self, node: Node, year: int) -> _Valued:
        facts = [name for name in names_in(node) if name in self.book.kinds]
        by_member = [name for name in facts if self.book.kinds[name].is_by_member]
        members = self.book.members(by_member, year)
        if not members:
            self.missing.update(dict.fromkeys(FactKey(name, year) for name in by_member))
            return None, "+".join(by_member)
        parts = [self.value(node, year, member) for member in members]
        text = "(" + " + ".join(text for _, text in parts) + ")"
        known = [value for value, _ in parts if value is not None]
        return (sum(known, Decimal(0)), text) if len(known) == len(parts) else (None, text)

    def _bounded(self, node: Call, parts: list[_Valued]) -> _Valued:
        text = f"{node.function}({', '.join(text for _, text in parts)})"
        values = [value for value, _ in parts if value is not None]
        if len(values) < len(parts):
            return None, text
        if node.function is Function.ABOVE:
            return (ONE if values[0] > values[1] else Decimal(0)), text
        value, least, most = values
        return min(max(value, least), most), text


_SHOWN = {"+": "+", "-": "−", "*": "×", "/": "÷"}


def _joined(sign: str, left: Decimal, right: Decimal) -> Decimal:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right


def _closed(node: Node, text: str) -> str:
    return f"({text})" if isinstance(node, Sign) else text


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
