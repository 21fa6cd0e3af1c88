"""Definitions of indicators (指标定义): units, facts, formulas by version, and the terms that they answer.

`indicators/units.yaml`, `indicators/facts.yaml` and `indicators/definitions/*.yaml` hold them. A formula
whose units do not agree, or that names what is no fact, does not load.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.bases import read_basis
from shuiheng.adapters.rulebook.files import read_file, read_files, rulebook_folder
from shuiheng.adapters.rulebook.places import both_names
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry, id_of, one_of
from shuiheng.indicators.definition import (
    Better,
    Constant,
    Course,
    Indicator,
    IndicatorVersion,
    Part,
    check_version,
)
from shuiheng.indicators.errors import IndicatorError
from shuiheng.indicators.facts import FactKind
from shuiheng.indicators.formula import Node, read_formula
from shuiheng.indicators.units import Unit
from shuiheng.plans.model import TargetKind

FOLDER = "indicators"
ORIGINS = ("ledger", "settled", "network", "statistic", "calendar")
FIELDS = ("id", "name", "better", "course", "note", "answers", "versions")
VERSION_FIELDS = (
    "number",
    "from",
    "until",
    "formula",
    "unit",
    "price_basis",
    "scope",
    "constants",
    "parts",
    "bases",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Which targets an indicator answers: those of a term of plans, of some kinds or of all."""

    term: str
    kinds: frozenset[TargetKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorBook:
    """All that is said of indicators (指标库).

    Args:
        units: Units by id.
        writings: Units by each way in which they are written, their ids among them.
        facts: Facts by id.
        origins: By fact, where it comes from: `ledger`, `settled`, `network`, `statistic` or `calendar`.
        indicators: Indicators by id.
        answers: By indicator, which targets it answers.
    """

    units: Mapping[str, Unit]
    writings: Mapping[str, Unit]
    facts: Mapping[str, FactKind]
    origins: Mapping[str, str]
    indicators: Mapping[str, Indicator]
    answers: Mapping[str, tuple[Answer, ...]]

    def answering(self, term: str, kind: TargetKind) -> Indicator | None:
        """Return the indicator that answers a term of plans for a kind of target, or None."""
        for name, answers in self.answers.items():
            for answer in answers:
                if answer.term == term and (not answer.kinds or kind in answer.kinds):
                    return self.indicators[name]
        return None


@cache
def indicator_book() -> IndicatorBook:
    """Return all indicators that the program ships.

    Raises:
        RulebookError: A file breaks a rule of the rulebook.
    """
    return read_indicators(rulebook_folder())


def read_indicators(folder: Traversable) -> IndicatorBook:
    """Return all indicators below a folder.

    Raises:
        RulebookError: A file breaks a rule, or names what does not exist.
    """
    units, writings = _units(read_file(folder, f"{FOLDER}/units.yaml"))
    facts, origins = _facts(read_file(folder, f"{FOLDER}/facts.yaml"), units)
    terms = {entry.take("id", str) for entry in read_file(folder, f"{FOLDER}/terms.yaml").each("indicators")}
    indicators: dict[str, Indicator] = {}
    answers: dict[str, tuple[Answer, ...]] = {}
    for _, file in read_files(folder, f"{FOLDER}/definitions"):
        file.only("indicators", "checked")
        check_checked(file)
        for entry in file.each("indicators"):
            indicator = _indicator(entry, file, units=units, facts=facts)
            if indicator.id in indicators:
                raise entry.refuse(f"`{indicator.id}` is defined twice", "Define it once.")
            indicators[indicator.id] = indicator
            answers[indicator.id] = tuple(_answer(each, terms) for each in entry.each("answers"))
    return IndicatorBook(
        units=units,
        writings=writings,
        facts=facts,
        origins=origins,
        indicators=MappingProxyType(indicators),
        answers=MappingProxyType(answers),
    )


def _units(file: Entry) -> tuple[Mapping[str, Unit], Mapping[str, Unit]]:
    file.only("units", "checked")
    check_checked(file)
    found: dict[str, Unit] = {}
    writings: dict[str, Unit] = {}
    for entry in file.each("units"):
        entry.only("id", "zh", "en", "also", "scale", "of")
        name = _new(entry, found)
        powers = {base: entry.at("of").take(base, int) for base in entry.take("of", dict)}
        scale = entry.number("scale")
        if scale <= 0:
            raise entry.at("scale").refuse("a scale must be above 0", "Mend the scale.")
        found[name] = Unit(id=name, names=_names(entry), scale=scale, dimensions=MappingProxyType(powers))
        for writing in dict.fromkeys((name, *filter(None, found[name].names.values()), *entry.words("also"))):
            if writings.setdefault(writing, found[name]).id != name:
                raise entry.refuse(f"`{writing}` is written for two units", "Write it for one.")
    return MappingProxyType(found), MappingProxyType(writings)


def _facts(file: Entry, units: Mapping[str, Unit]) -> tuple[Mapping[str, FactKind], Mapping[str, str]]:
    file.only("facts", "checked")
    check_checked(file)
    found: dict[str, FactKind] = {}
    origins: dict[str, str] = {}
    for entry in file.each("facts"):
        entry.only("id", "zh", "en", "unit", "from", "by", "is_index", "adds_up")
        name = _new(entry, found)
        found[name] = FactKind(
            id=name,
            names=_names(entry),
            unit=units[one_of(entry, "unit", units)],
            is_by_member=entry.get("by", str) is not None and one_of(entry, "by", ("members",)) != "",
            is_index=entry.get("is_index", bool) or False,
            adds_up=entry.get("adds_up", bool) or False,
        )
        origins[name] = one_of(entry, "from", ORIGINS)
    return MappingProxyType(found), MappingProxyType(origins)


def _indicator(
    entry: Entry, file: Entry, *, units: Mapping[str, Unit], facts: Mapping[str, FactKind]
) -> Indicator:
    entry.only(*FIELDS)
    versions: list[IndicatorVersion] = []
    for each in entry.each("versions"):
        version = _version(each, file, units)
        try:
            check_version(version, facts)
        except IndicatorError as error:
            raise each.at("formula").refuse(str(error), "Mend the formula or its unit.") from error
        _check_order(each, version, versions)
        versions.append(version)
    if not versions:
        raise entry.refuse("it has no version", "Add `versions`.")
    return Indicator(
        id=id_of(entry),
        names=both_names(entry.at("name")),
        better=Better(one_of(entry, "better", [each.value for each in Better])),
        course=Course(one_of(entry, "course", [each.value for each in Course])),
        versions=tuple(versions),
        note=_both(entry, "note"),
    )


def _version(entry: Entry, file: Entry, units: Mapping[str, Unit]) -> IndicatorVersion:
    entry.only(*VERSION_FIELDS)
    parts = [_part(each) for each in entry.each("parts")]
    return IndicatorVersion(
        number=entry.take("number", int),
        valid_from=entry.take("from", date),
        valid_to=entry.day("until"),
        formula=_formula(entry),
        unit=units[one_of(entry, "unit", units)],
        parts=MappingProxyType({part.id: part for part in parts}),
        constants=MappingProxyType(dict(_constants(entry, units))),
        price_basis=_both(entry, "price_basis"),
        scope=_both(entry, "scope"),
        bases=tuple(read_basis(each, file) for each in entry.each("bases")),
    )


def _check_order(entry: Entry, version: IndicatorVersion, before: list[IndicatorVersion]) -> None:
    if version.valid_to is not None and version.valid_to <= version.valid_from:
        raise entry.at("until").refuse("it ends before it begins", "Mend the days.")
    if before and before[-1].valid_to != version.valid_from:
        raise entry.at("from").refuse(
            "it does not begin where the version before ends", "Give the days without gap or overlap."
        )


def _part(entry: Entry) -> Part:
    entry.only("id", "name", "choices")
    choices: dict[str, Node] = {}
    names: dict[str, Mapping[str, str]] = {}
    for each in entry.each("choices"):
        each.only("id", "zh", "en", "formula")
        choice = _new(each, choices)
        choices[choice], names[choice] = _formula(each), _names(each)
    if not choices:
        raise entry.refuse("it has no choice", "Add `choices`.")
    return Part(
        id=id_of(entry),
        names=both_names(entry.at("name")),
        choices=MappingProxyType(choices),
        choice_names=MappingProxyType(names),
    )


def _constants(entry: Entry, units: Mapping[str, Unit]) -> Iterable[tuple[str, Constant]]:
    for each in entry.each("constants"):
        each.only("id", "value", "unit")
        value: Decimal = each.number("value")
        yield id_of(each), Constant(value=value, unit=units[one_of(each, "unit", units)])


def _formula(entry: Entry) -> Node:
    try:
        return read_formula(entry.take("formula", str))
    except IndicatorError as error:
        raise entry.at("formula").refuse(str(error), "Mend the formula.") from error


def _answer(entry: Entry, terms: Iterable[str]) -> Answer:
    entry.only("term", "kinds")
    kinds = entry.words("kinds")
    unknown = [kind for kind in kinds if kind not in set(TargetKind)]
    if unknown:
        raise entry.at("kinds").refuse(
            f"unknown kind `{unknown[0]}`", f"Use one of: {', '.join(TargetKind)}."
        )
    return Answer(
        term=one_of(entry, "term", sorted(terms)), kinds=frozenset(TargetKind(kind) for kind in kinds)
    )


def _new(entry: Entry, known: Mapping[str, object]) -> str:
    name = id_of(entry)
    if name in known:
        raise entry.refuse(f"`{name}` stands twice", "Give each its own id.")
    return name


def _names(entry: Entry) -> Mapping[str, str]:
    return {language: entry.take(language, str) for language in ("zh", "en")}


def _both(entry: Entry, field: str) -> Mapping[str, str]:
    return both_names(entry.at(field)) if entry.at(field).value is not None else {}
