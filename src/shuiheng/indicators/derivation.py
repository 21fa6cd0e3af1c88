"""How a value came to be (数据溯源): a tree from the number to its facts, with the arithmetic written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from shuiheng.indicators.evaluate import IndicatorFigure, value_of_part
from shuiheng.indicators.facts import WHOLE, CollectedUnder, FactBook, FactKey, FactKind, Grade
from shuiheng.indicators.formula import Call, Function, Name, Node, Number, Sign
from shuiheng.indicators.units import Unit
from shuiheng.rules.basis import Basis

Words = Mapping[str, str]
NO_WORDS: Words = {}
NO_SHARES: Mapping[Grade, Decimal] = {}
LANGUAGES = ("zh", "en")
Json = dict[str, Any]


class NodeKind(StrEnum):
    """What a node of a derivation is."""

    TARGET = "target"
    INDICATOR = "indicator"
    PART = "part"
    FACT = "fact"
    CONSTANT = "constant"
    COUNT = "count"
    CASE = "case"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """A number with what it was made of (数据溯源).

    Args:
        kind: What it is.
        key: By what it is named, such as the id of a fact.
        names: Its name in `zh` and `en`.
        value: The exact value; None while something is missing.
        unit: Its unit in `zh` and `en`.
        year: Of which year it speaks, or None.
        member: Of which part it speaks; empty for the whole.
        formula: The formula in words, in `zh` and `en`.
        arithmetic: The formula with figures in place.
        shares: By grade, which share of it came to be known how.
        collected_under: By which right a fact was collected, or None.
        clauses: The clauses that say so.
        origin: Key of what it was read from; empty for what was computed.
        notes: What a reader has to know, as words in `zh` and `en`.
        children: Of what it was made.
    """

    kind: NodeKind
    key: str
    names: Words
    value: Decimal | None
    unit: Words = field(default_factory=lambda: NO_WORDS)
    year: int | None = None
    member: str = WHOLE
    formula: Words = field(default_factory=lambda: NO_WORDS)
    arithmetic: str = ""
    shares: Mapping[Grade, Decimal] = field(default_factory=lambda: NO_SHARES)
    collected_under: CollectedUnder | None = None
    clauses: tuple[Basis, ...] = ()
    origin: str = ""
    notes: tuple[Words, ...] = ()
    children: tuple[Derivation, ...] = ()

    def walk(self) -> Iterator[Derivation]:
        """Yield this node and all below it, each before what it is made of."""
        yield self
        for child in self.children:
            yield from child.walk()


def derivation_of(figure: IndicatorFigure, book: FactBook) -> Derivation:
    """Return how the value of an indicator came to be (指标溯源).

    Args:
        figure: The value.
        book: The facts from which it was computed.
    """
    version = figure.version
    asked = _Asked(figure, book)
    return Derivation(
        kind=NodeKind.INDICATOR,
        key=figure.indicator.id,
        names=figure.indicator.names,
        value=figure.value,
        unit=version.unit.names,
        year=figure.question.year,
        formula=asked.words(version.formula),
        arithmetic=figure.arithmetic,
        shares={grade: share for grade, share in figure.worst_shares.items() if share},
        collected_under=CollectedUnder.SURVEY if figure.rests_on_survey else None,
        clauses=version.bases,
        notes=tuple(each for each in (version.scope, version.price_basis, figure.indicator.note) if each),
        children=asked.below(version.formula, figure.question.year, WHOLE),
    )


def derivation_json(node: Derivation) -> Json:
    """Return a derivation as JSON: numbers as exact text, what is not known as null (溯源数据)."""
    return {
        "kind": node.kind.value,
        "key": node.key,
        "name": dict(node.names),
        "value": None if node.value is None else str(node.value),
        "unit": dict(node.unit),
        "year": node.year,
        "member": node.member,
        "formula": dict(node.formula),
        "arithmetic": node.arithmetic,
        "shares": {grade.value: str(share) for grade, share in node.shares.items()},
        "collected_under": node.collected_under.value if node.collected_under else None,
        "clauses": [
            {"source": basis.source, "at": basis.clause, "mark": basis.mark.value} for basis in node.clauses
        ],
        "origin": node.origin,
        "notes": [dict(note) for note in node.notes],
        "made_of": [derivation_json(child) for child in node.children],
    }


class _Asked:
    """One value with the facts from which it was computed."""

    def __init__(self, figure: IndicatorFigure, book: FactBook) -> None:
        self.figure, self.book = figure, book
        self.version, self.question = figure.version, figure.question

    def below(self, node: Node, year: int, member: str) -> tuple[Derivation, ...]:
        """Return what a formula names, each with its year and member once, in their order."""
        found = dict.fromkeys(self._named(node, year, member))
        return tuple(self._one(name, when, which) for name, when, which in found)

    def _named(self, node: Node, year: int, member: str) -> Iterator[tuple[str, int, str]]:
        match node:
            case Name():
                yield node.name, year, member
            case Sign():
                yield from self._named(node.left, year, member)
                yield from self._named(node.right, year, member)
            case Call():
                for when, which in self._turns(node, year, member):
                    for part in node.parts:
                        yield from self._named(part, when, which)

    def _turns(self, node: Call, year: int, member: str) -> list[tuple[int, str]]:
        """Return for which years and members the parts of a function are asked."""
        base = self.question.base_year or year
        match node.function:
            case Function.BASE:
                return [(base, member)]
            case Function.CHAIN:
                return [(each, member) for each in range(base + 1, year + 1)]
            case Function.EACH:
                names = {name for name, _, _ in self._named(node.parts[0], year, member)}
                by_member = [each for each in names if each in self.kinds and self.kinds[each].is_by_member]
                return [(year, each) for each in self.book.members(by_member, year)] or [(year, WHOLE)]
        return [(year, member)]

    @property
    def kinds(self) -> Mapping[str, FactKind]:
        return self.book.kinds

    def _one(self, name: str, year: int, member: str) -> Derivation:
        if name in self.version.parts:
            return self._part(name, year, member)
        if name in self.version.constants:
            constant = self.version.constants[name]
            return Derivation(
                kind=NodeKind.CONSTANT,
                key=name,
                names=_both(name),
                value=constant.value,
                unit=constant.unit.names,
                clauses=self.version.bases,
            )
        return self._fact(FactKey(name, year, member if self.kinds[name].is_by_member else WHOLE))

    def _part(self, name: str, year: int, member: str) -> Derivation:
        part = self.version.parts[name]
        choice = self.question.choices.get(name, part.usual)
        node = self.version.node_of(name, self.question.choices)
        value, text = value_of_part(self.figure, name, year, self.book)
        return Derivation(
            kind=NodeKind.PART,
            key=name,
            names=part.names,
            value=value,
            unit=_base_words(self._units_of(node)),
            year=year,
            formula=self.words(node),
            arithmetic=text if value is not None else "",
            notes=(part.choice_names[choice],) if part.choice_names.get(choice) else (),
            children=self.below(node, year, member),
        )

    def _units_of(self, node: Node) -> tuple[Unit, ...]:
        names = (name for name, _, _ in self._named(node, self.question.year, WHOLE))
        return tuple(self.kinds[name].unit for name in names if name in self.kinds)

    def _fact(self, key: FactKey) -> Derivation:
        kind, known = self.kinds[key.fact], self.book.figures.get(key)
        bare = Derivation(
            kind=NodeKind.FACT,
            key=key.fact,
            names=kind.names,
            value=None,
            unit=kind.unit.names,
            year=key.year,
            member=key.member,
            shares={Grade.MISSING: Decimal(1)},
        )
        if known is None:
            return bare
        return Derivation(
            kind=NodeKind.FACT,
            key=key.fact,
            names=kind.names,
            value=known.value,
            unit=kind.unit.names,
            year=key.year,
            member=key.member,
            shares={grade: share for grade, share in known.shares.items() if share},
            collected_under=known.collected_under,
            origin=known.origin,
        )

    def words(self, node: Node) -> Words:
        """Return a formula in words, in each language."""
        return {language: self._said(node, language) for language in LANGUAGES}

    def _said(self, node: Node, language: str) -> str:
        match node:
            case Number():
                return str(node.value)
            case Name():
                return self._name(node.name, language)
            case Sign():
                left, right = (_closed(side, self._said(side, language)) for side in (node.left, node.right))
                return f"{left} {_SIGNS[node.sign]} {right}"
            case Call():
                parts = ", ".join(self._said(part, language) for part in node.parts)
                return f"{_FUNCTIONS[node.function][language]}({parts})"

    def _name(self, name: str, language: str) -> str:
        if name in self.version.parts:
            return self.version.parts[name].names[language]
        if name in self.version.constants:
            constant = self.version.constants[name]
            unit = constant.unit.names[language]
            return f"{constant.value} {unit}".strip()
        return self.kinds[name].names[language] if name in self.kinds else name


_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_FUNCTIONS: Mapping[Function, Words] = {
    Function.BASE: {"zh": "基准年", "en": "base year"},
    Function.CHAIN: {"zh": "逐年连乘", "en": "chained"},
    Function.EACH: {"zh": "分项合计", "en": "sum over"},
    Function.ABOVE: {"zh": "超过时取1", "en": "1 if above"},
    Function.CLAMP: {"zh": "限于区间", "en": "clamped"},
}


def _closed(node: Node, text: str) -> str:
    return f"({text})" if isinstance(node, Sign) else text


def _both(word: str) -> Words:
    return dict.fromkeys(LANGUAGES, word)


def _base_words(units: tuple[Unit, ...]) -> Words:
    """Return how base units are written, where all facts of a part are of one; nothing else is said."""
    first = {tuple(sorted(unit.dimensions.items())) for unit in units}
    return _both(_BASE_UNITS.get(next(iter(first)), "")) if len(first) == 1 else NO_WORDS


_BASE_UNITS: Mapping[tuple[tuple[str, int], ...], str] = {(("m3", 1),): "m³"}
