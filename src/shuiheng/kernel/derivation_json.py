"""Derivations as JSON and back, to the digit: the form in which they are kept and given away."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step, Term
from shuiheng.kernel.json_fields import Fields, JsonFormatError

FORMAT = "shuiheng.derivation/1"


def derivation_json(derived: Derived) -> dict[str, Any]:
    """Return a derivation (推导) as JSON: numbers are strings, citations stand once and are told by place.

    Returns:
        An object with `format`, `value`, `unit`, `is_trial`, `citations` and `steps`; a step has the index
        of its citation, or null.
    """
    citations = derived.citations
    return {
        "format": FORMAT,
        "value": str(derived.value),
        "unit": derived.unit,
        "is_trial": derived.is_trial,
        "citations": [citation_json(each) for each in citations],
        "steps": [
            {
                "name": step.name,
                "label": step.label,
                "terms": [_term_json(term) for term in step.terms],
                "formula": step.formula,
                "value": str(step.value),
                "unit": step.unit,
                "citation": None if step.citation is None else citations.index(step.citation),
            }
            for step in derived.steps
        ],
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """Return a citation as JSON."""
    return {
        "rule": citation.rule,
        "area": citation.area,
        "since": citation.since.isoformat(),
        "source": citation.source,
        "clause": citation.clause,
        "is_checked": citation.is_checked,
        "is_binding": citation.is_binding,
    }


def read_derivation(kept: object, place: str = "derivation") -> Derived:
    """Return the derivation that JSON tells.

    Raises:
        JsonFormatError: It does not have the form of `derivation_json`; the error names the place.
    """
    fields = Fields(kept, place)
    if fields.take("format", str) != FORMAT:
        raise JsonFormatError(f"{place}.format", f"expected {FORMAT!r}")
    citations = tuple(fields.each("citations", read_citation))
    return Derived(
        value=_number(fields, "value"),
        unit=fields.take("unit", str),
        steps=tuple(fields.each("steps", lambda step: _read_step(step, citations))),
    )


def read_citation(fields: Fields) -> Citation:
    """Return the citation that JSON tells.

    Raises:
        JsonFormatError: It does not have the form of `citation_json`.
    """
    since = fields.day("since")
    if since is None:
        raise JsonFormatError(f"{fields.place}.since", "expected a day")
    return Citation(
        rule=fields.take("rule", str),
        area=fields.take("area", str),
        since=since,
        source=fields.take("source", str),
        clause=fields.take("clause", str),
        is_checked=fields.take("is_checked", bool),
        is_binding=fields.take("is_binding", bool),
    )


def _term_json(term: Term) -> dict[str, Any]:
    return {
        "name": term.name,
        "label": term.label,
        "value": str(term.value),
        "unit": term.unit,
        "origin": term.origin,
    }


def _read_step(fields: Fields, citations: tuple[Citation, ...]) -> Step:
    index = fields.get("citation", int)
    if index is not None and not 0 <= index < len(citations):
        raise JsonFormatError(f"{fields.place}.citation", f"there are {len(citations)} citations")
    return Step(
        name=fields.take("name", str),
        label=fields.take("label", str),
        terms=tuple(fields.each("terms", _read_term)),
        formula=fields.take("formula", str),
        value=_number(fields, "value"),
        unit=fields.take("unit", str),
        citation=None if index is None else citations[index],
    )


def _read_term(fields: Fields) -> Term:
    return Term(
        name=fields.take("name", str),
        label=fields.take("label", str),
        value=_number(fields, "value"),
        unit=fields.take("unit", str),
        origin=fields.take("origin", str),
    )


def _number(fields: Fields, name: str) -> Decimal:
    text = fields.take(name, str)
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise JsonFormatError(f"{fields.place}.{name}", f"{text!r} is not a number") from error
    if not number.is_finite():
        raise JsonFormatError(f"{fields.place}.{name}", f"{text!r} is not a finite number")
    return number
