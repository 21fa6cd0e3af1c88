"""Definitions and values of indicators in the form in which programs read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.adapters.rulebook.sources import shipped_sources
from shuiheng.indicators.definition import Indicator, IndicatorVersion
from shuiheng.indicators.evaluate import IndicatorFigure
from shuiheng.indicators.facts import FactKey, FactKind
from shuiheng.indicators.formula import written_formula
from shuiheng.indicators.units import Unit
from shuiheng.rules.basis import Basis

Json = dict[str, Any]


def indicators_json(*, after: int, limit: int) -> tuple[Sequence[Json], int | None]:
    """Return definitions of indicators behind a place in their list, and the place of the next, or None."""
    found = list(indicator_book().indicators.values())
    shown = found[after : after + limit]
    following = after + limit
    return [indicator_json(each) for each in shown], following if following < len(found) else None


def indicator_json(indicator: Indicator) -> Json:
    """Return the definition of an indicator with all its versions."""
    return {
        "id": indicator.id,
        "names": dict(indicator.names),
        "better": indicator.better.value,
        "course": indicator.course.value,
        "note": dict(indicator.note),
        "versions": [_version(each) for each in indicator.versions],
    }


def unit_json(unit: Unit) -> Json:
    """Return a unit with its names."""
    return {"id": unit.id, "names": dict(unit.names)}


def fact_kind_json(kind: FactKind) -> Json:
    """Return what a fact is."""
    return {"id": kind.id, "names": dict(kind.names), "unit": unit_json(kind.unit)}


def missing_json(keys: Sequence[FactKey]) -> list[Json]:
    """Return the facts that are missing, with their names."""
    kinds = indicator_book().facts
    return [
        {"fact": key.fact, "year": key.year, "member": key.member, "names": dict(kinds[key.fact].names)}
        for key in keys
    ]


def value_json(figure: IndicatorFigure) -> Json:
    """Return a value of an indicator with the facts that went into it and those that are missing."""
    return {
        "value": None if figure.value is None else str(figure.value),
        "unit": figure.version.unit.id,
        "version": figure.version.number,
        "problem": figure.stopped,
        "shares": {grade.value: str(share) for grade, share in figure.worst_shares.items() if share},
        "missing": missing_json(figure.missing),
        "arithmetic": figure.arithmetic,
        "facts": [
            {
                "fact": each.key.fact,
                "year": each.key.year,
                "member": each.key.member,
                "value": str(each.figure.value),
                "origin": each.figure.origin.partition(":")[0],
                "collected_under": each.figure.collected_under.value,
            }
            for each in figure.used
        ],
    }


def _version(version: IndicatorVersion) -> Json:
    kinds = indicator_book().facts
    return {
        "number": version.number,
        "valid_from": version.valid_from.isoformat(),
        "valid_to": version.valid_to.isoformat() if version.valid_to else None,
        "formula": written_formula(version.formula),
        "unit": unit_json(version.unit),
        "price_basis": dict(version.price_basis),
        "scope": dict(version.scope),
        "needs_base_year": version.needs_base_year,
        "facts": [fact_kind_json(kinds[name]) for name in version.facts()],
        "parts": [
            {
                "id": part.id,
                "names": dict(part.names),
                "usual": part.usual,
                "choices": {choice: dict(names) for choice, names in part.choice_names.items()},
                "formulas": {choice: written_formula(node) for choice, node in part.choices.items()},
            }
            for part in version.parts.values()
        ],
        "clauses": [clause_json(each) for each in version.bases],
    }


def clause_json(basis: Basis) -> Mapping[str, str]:
    """Return a clause with the title of its source."""
    source = shipped_sources()[basis.source]
    return {"source": basis.source, "title": source.title, "clause": basis.clause, "mark": basis.mark.value}
