"""A value with all that it was computed from, as JSON that computes it again (数据存档)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from shuiheng.indicators.definition import Better, Constant, Course, Indicator, IndicatorVersion, Part
from shuiheng.indicators.evaluate import IndicatorFigure, Question, Used, evaluate
from shuiheng.indicators.facts import CollectedUnder, FactBook, FactFigure, FactKey, FactKind, Grade
from shuiheng.indicators.formula import read_formula, written_formula
from shuiheng.indicators.units import Unit
from shuiheng.kernel.json_fields import Fields, JsonFormatError
from shuiheng.rules.basis import Basis
from shuiheng.rules.parameter import Mark

FORMAT = "shuiheng.figure/1"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFigure:
    """A value read back from where it was kept (存档数据).

    Args:
        figure: The value, computed anew from what was kept.
        value: The value that was kept.
        book: The facts that were kept.
    """

    figure: IndicatorFigure
    value: Decimal | None
    book: FactBook

    @property
    def is_same(self) -> bool:
        """Return whether computing it again gives the same digits."""
        return _text(self.figure.value) == _text(self.value)


def figure_content(figure: IndicatorFigure, kinds: Mapping[str, FactKind]) -> Json:
    """Return a value with its definition, choices, facts and arithmetic as JSON (数据存档).

    Args:
        figure: The value.
        kinds: What the facts are, by id.
    """
    version, question = figure.version, figure.question
    names = version.facts(question.choices)
    return {
        "format": FORMAT,
        "indicator": {
            "id": figure.indicator.id,
            "names": dict(figure.indicator.names),
            "better": figure.indicator.better.value,
            "course": figure.indicator.course.value,
        },
        "version": _version_json(version, question),
        "question": {
            "year": question.year,
            "base_year": question.base_year,
            "choices": dict(question.choices),
        },
        "kinds": [_kind_json(kinds[name]) for name in names],
        "facts": [_fact_json(each) for each in figure.used],
        "missing": [_key_json(key) for key in figure.missing],
        "stopped": figure.stopped,
        "arithmetic": figure.arithmetic,
        "value": _text(figure.value),
    }


def stored_figure(content: object) -> StoredFigure:
    """Return a kept value, with the value computed anew from nothing but what was kept.

    Raises:
        JsonFormatError: The content does not have the form of the format.
    """
    fields = Fields(content, "figure")
    if fields.take("format", str) != FORMAT:
        raise JsonFormatError("figure.format", f"expected {FORMAT}")
    kinds = {kind.id: kind for kind in fields.each("kinds", _kind)}
    book = FactBook(kinds=kinds, figures=dict(fields.each("facts", _fact)))
    asked = fields.at("question")
    question = Question(
        year=asked.take("year", int),
        base_year=asked.get("base_year", int),
        choices=_words(asked.at("choices")),
    )
    indicator = _indicator(fields)
    for name in indicator.versions[0].facts(question.choices):
        if name not in kinds:
            raise JsonFormatError("figure.kinds", f"expected the kind of {name}")
    figure = evaluate(indicator, question, book)
    return StoredFigure(figure=figure, value=_number(fields.at("value")), book=book)


def recompute(content: object) -> Decimal | None:
    """Return the value that a kept content gives when it is computed again (复算).

    Raises:
        JsonFormatError: The content does not have the form of the format.
    """
    return stored_figure(content).figure.value


def content_digest(content: Mapping[str, Any]) -> str:
    """Return the hash of a kept content (SHA-256), the same for the same content in any order of fields."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _version_json(version: IndicatorVersion, question: Question) -> Json:
    return {
        "number": version.number,
        "valid_from": version.valid_from.isoformat(),
        "valid_to": version.valid_to.isoformat() if version.valid_to else None,
        "formula": written_formula(version.formula),
        "unit": _unit_json(version.unit),
        "parts": [_part_json(part, question.choices) for part in version.parts.values()],
        "constants": [
            {"id": name, "value": str(each.value), "unit": _unit_json(each.unit)}
            for name, each in version.constants.items()
        ],
        "price_basis": dict(version.price_basis),
        "scope": dict(version.scope),
        "bases": [_basis_json(basis) for basis in version.bases],
    }


def _part_json(part: Part, choices: Mapping[str, str]) -> Json:
    choice = choices.get(part.id, part.usual)
    return {
        "id": part.id,
        "names": dict(part.names),
        "choice": choice,
        "choice_names": dict(part.choice_names.get(choice, {})),
        "formula": written_formula(part.choices[choice]),
    }


def _basis_json(basis: Basis) -> Json:
    return {
        "source": basis.source,
        "clause": basis.clause,
        "area": basis.area,
        "valid_from": basis.valid_from.isoformat(),
        "mark": basis.mark.value,
    }


def _unit_json(unit: Unit) -> Json:
    return {
        "id": unit.id,
        "names": dict(unit.names),
        "scale": str(unit.scale),
        "of": dict(unit.dimensions),
    }


def _kind_json(kind: FactKind) -> Json:
    return {
        "id": kind.id,
        "names": dict(kind.names),
        "unit": _unit_json(kind.unit),
        "is_by_member": kind.is_by_member,
        "is_index": kind.is_index,
    }


def _key_json(key: FactKey) -> Json:
    return {"fact": key.fact, "year": key.year, "member": key.member}


def _fact_json(used: Used) -> Json:
    return _key_json(used.key) | {
        "value": str(used.figure.value),
        "origin": used.figure.origin,
        "shares": {grade.value: str(share) for grade, share in used.figure.shares.items()},
        "collected_under": used.figure.collected_under.value,
        "up_to": used.figure.up_to.isoformat() if used.figure.up_to else None,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number(fields: Fields) -> Decimal | None:
    if fields.source is None:
        return None
    try:
        value = Decimal(fields.itself(str))
    except InvalidOperation as error:
        raise JsonFormatError(fields.place, "expected a number as text") from error
    if not value.is_finite():
        raise JsonFormatError(fields.place, "expected a finite number")
    return value


def _exact(fields: Fields) -> Decimal:
    value = _number(fields)
    if value is None:
        raise JsonFormatError(fields.place, "expected a number as text")
    return value


def _words(fields: Fields) -> Mapping[str, str]:
    return {name: fields.take(name, str) for name in fields.itself(dict)}


def _day(fields: Fields, name: str) -> date:
    day = fields.day(name)
    if day is None:
        raise JsonFormatError(f"{fields.place}.{name}", "expected YYYY-MM-DD")
    return day


def _unit(fields: Fields) -> Unit:
    powers = fields.at("of")
    return Unit(
        id=fields.take("id", str),
        names=_words(fields.at("names")),
        scale=_exact(fields.at("scale")),
        dimensions={name: powers.take(name, int) for name in powers.itself(dict)},
    )


def _kind(fields: Fields) -> FactKind:
    return FactKind(
        id=fields.take("id", str),
        names=_words(fields.at("names")),
        unit=_unit(fields.at("unit")),
        is_by_member=fields.take("is_by_member", bool),
        is_index=fields.take("is_index", bool),
    )


def _fact(fields: Fields) -> tuple[FactKey, FactFigure]:
    shares = fields.at("shares")
    key = FactKey(fields.take("fact", str), fields.take("year", int), fields.take("member", str))
    figure = FactFigure(
        value=_exact(fields.at("value")),
        origin=fields.take("origin", str),
        shares={_grade(shares, name): _exact(shares.at(name)) for name in shares.itself(dict)},
        collected_under=fields.word("collected_under", CollectedUnder),
        up_to=fields.day("up_to"),
    )
    return key, figure


def _grade(shares: Fields, name: str) -> Grade:
    if name not in set(Grade):
        raise JsonFormatError(shares.place, f"unknown word {name!r}")
    return Grade(name)


def _indicator(fields: Fields) -> Indicator:
    own = fields.at("indicator")
    return Indicator(
        id=own.take("id", str),
        names=_words(own.at("names")),
        better=own.word("better", Better),
        course=own.word("course", Course),
        versions=(_version(fields.at("version")),),
    )


def _version(fields: Fields) -> IndicatorVersion:
    return IndicatorVersion(
        number=fields.take("number", int),
        valid_from=_day(fields, "valid_from"),
        valid_to=fields.day("valid_to"),
        formula=read_formula(fields.take("formula", str)),
        unit=_unit(fields.at("unit")),
        parts={part.id: part for part in fields.each("parts", _part)},
        constants=dict(fields.each("constants", _constant)),
        price_basis=_words(fields.at("price_basis")),
        scope=_words(fields.at("scope")),
        bases=tuple(fields.each("bases", _basis)),
    )


def _part(fields: Fields) -> Part:
    choice = fields.take("choice", str)
    return Part(
        id=fields.take("id", str),
        names=_words(fields.at("names")),
        choices={choice: read_formula(fields.take("formula", str))},
        choice_names={choice: _words(fields.at("choice_names"))},
    )


def _constant(fields: Fields) -> tuple[str, Constant]:
    constant = Constant(value=_exact(fields.at("value")), unit=_unit(fields.at("unit")))
    return fields.take("id", str), constant


def _basis(fields: Fields) -> Basis:
    return Basis(
        source=fields.take("source", str),
        clause=fields.take("clause", str),
        area=fields.take("area", str),
        valid_from=_day(fields, "valid_from"),
        mark=fields.word("mark", Mark),
    )
