"""What the compiler knows beside the document, from the rulebook."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.sources import read_sources
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.plans import IndicatorTerm, OrganisationTerm, PlanKnowledge

BETTER = ("lower", "higher")


@cache
def load_knowledge() -> PlanKnowledge:
    """Return the organisations, indicators and sources of the shipped rulebook.

    Raises:
        RulebookError: A file breaks a rule; the error names file and line.
    """
    return read_knowledge(rulebook_folder())


def read_knowledge(folder: Traversable) -> PlanKnowledge:
    """Return the organisations, indicators and sources below a folder."""
    return PlanKnowledge(
        organisations=_organisations(read_file(folder, "organisations.yaml")),
        indicators=_indicators(read_file(folder, "indicators/terms.yaml")),
        sources=read_sources(folder),
    )


def _organisations(entry: Entry) -> tuple[OrganisationTerm, ...]:
    entry.only("organisations")
    entries = list(entry.each("organisations"))
    _refuse_twins(entries)
    for each in entries:
        each.only("id", "name", "aliases")
    return tuple(
        OrganisationTerm(id=e.take("id", str), name=e.take("name", str), aliases=e.words("aliases"))
        for e in entries
    )


def _indicators(entry: Entry) -> tuple[IndicatorTerm, ...]:
    entry.only("indicators")
    entries = list(entry.each("indicators"))
    _refuse_twins(entries)
    return tuple(_indicator(each) for each in entries)


def _indicator(entry: Entry) -> IndicatorTerm:
    entry.only("id", "name", "aliases", "unit", "better", "has_base_year", "facts")
    better = entry.get("better", str)
    if better is not None and better not in BETTER:
        raise entry.at("better").refuse(f"unknown word `{better}`", "Use lower, higher or null.")
    return IndicatorTerm(
        id=entry.take("id", str),
        name=entry.take("name", str),
        aliases=entry.words("aliases"),
        unit=entry.get("unit", str),
        better=better,
        has_base_year=bool(entry.get("has_base_year", bool)),
        facts=entry.words("facts"),
    )


def _refuse_twins(entries: Iterable[Entry]) -> None:
    """Raise RulebookError when two entries have the same id."""
    seen: dict[str, int] = {}
    for entry in entries:
        name = entry.take("id", str)
        if name in seen:
            raise entry.refuse(f"the id `{name}` stands twice", f"The first is in line {seen[name]}.")
        seen[name] = entry.line
