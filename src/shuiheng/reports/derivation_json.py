"""A derivation as JSON, both ways: what is stored beside an amount is what page and Word print."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step, Term
from shuiheng.kernel.json_fields import Fields, JsonFormatError

FORMAT = "shuiheng.derivation/1"
Json = dict[str, Any]


def derivation_json(derived: Derived) -> Json:
    """Return a derivation as plain JSON values; numbers are text, so that they stay exact."""
    cited = list(derived.citations)
    return {
        "format": FORMAT,
        "value": str(derived.value),
        "unit": derived.unit,
        "is_trial": derived.is_trial,
        "citations": [_citation_json(each) for each in cited],
        "steps": [
            {
                "name": step.name,
                "label": step.label,
                "formula": step.formula,
                "value": str(step.value),
                "unit": step.unit,
                "citation": cited.index(step.citation) if step.citation else None,
                "terms": [
                    {
                        "name": term.name,
                        "label": term.label,
                        "value": str(term.value),
                        "unit": term.unit,
                        "origin": term.origin,
                    }
                    for term in step.terms
                ],
            }
            for step in derived.steps
        ],
    }


def read_derivation(source: object) -> Derived:
    """Return the derivation that JSON holds.

    Raises:
        JsonFormatError: It has another form.
    """
    fields = Fields(source, "derivation")
    if fields.take("format", str) != FORMAT:
        raise JsonFormatError("derivation.format", f"expected {FORMAT}")
    cited = fields.each("citations", _citation)
    return Derived(
        value=_number(fields, "value"),
        unit=fields.take("unit", str),
        steps=tuple(fields.each("steps", lambda each: _step(each, cited))),
    )


def _citation_json(citation: Citation) -> Json:
    return {
        "rule": citation.rule,
        "area": citation.area,
        "since": citation.since.isoformat(),
        "source": citation.source,
        "clause": citation.clause,
        "is_checked": citation.is_checked,
        "is_binding": citation.is_binding,
    }


def _citation(fields: Fields) -> Citation:
    since = fields.day("since")
    if since is None:
        raise JsonFormatError(f"{fields.place}.since", "expected YYYY-MM-DD")
    return Citation(
        rule=fields.take("rule", str),
        area=fields.take("area", str),
        since=since,
        source=fields.take("source", str),
        clause=fields.take("clause", str),
        is_checked=fields.take("is_checked", bool),
        is_binding=fields.take("is_binding", bool),
    )


def _step(fields: Fields, cited: list[Citation]) -> Step:
    place = fields.get("citation", int)
    if place is not None and not 0 <= place < len(cited):
        raise JsonFormatError(f"{fields.place}.citation", "no such citation")
    return Step(
        name=fields.take("name", str),
        terms=tuple(fields.each("terms", _term)),
        formula=fields.take("formula", str),
        value=_number(fields, "value"),
        unit=fields.take("unit", str),
        citation=None if place is None else cited[place],
        label=fields.take("label", str),
    )


def _term(fields: Fields) -> Term:
    return Term(
        name=fields.take("name", str),
        value=_number(fields, "value"),
        unit=fields.take("unit", str),
        origin=fields.take("origin", str),
        label=fields.take("label", str),
    )


def _number(fields: Fields, name: str) -> Decimal:
    text = fields.take(name, str)
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise JsonFormatError(f"{fields.place}.{name}", "expected a number as text") from error
    if not number.is_finite():
        raise JsonFormatError(f"{fields.place}.{name}", "expected a number that ends")
    return number
