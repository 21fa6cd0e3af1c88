"""A derivation comes back from JSON as it went in, and what is no derivation is refused with its place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step, Term
from shuiheng.kernel.derivation_json import derivation_json, read_derivation
from shuiheng.kernel.json_fields import JsonFormatError

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=9, min_value=-(10**15), max_value=10**15)
WORDS = st.text(max_size=12)
CITATIONS = st.builds(
    Citation,
    rule=WORDS,
    area=WORDS,
    since=st.dates(),
    source=WORDS,
    clause=WORDS,
    is_checked=st.booleans(),
    is_binding=st.booleans(),
)
TERMS = st.builds(Term, name=WORDS, value=NUMBERS, unit=WORDS, origin=WORDS, label=WORDS)
STEPS = st.builds(
    Step,
    name=WORDS,
    terms=st.lists(TERMS, max_size=3).map(tuple),
    formula=WORDS,
    value=NUMBERS,
    unit=WORDS,
    citation=st.none() | CITATIONS,
    label=WORDS,
)
DERIVED = st.builds(Derived, value=NUMBERS, unit=WORDS, steps=st.lists(STEPS, max_size=4).map(tuple))
ONE = Derived(
    value=Decimal("4320.00"),
    unit="yuan",
    steps=(
        Step(
            name="band_amount",
            terms=(Term(name="band_volume", value=Decimal(1000), unit="m3"),),
            formula="1000 × 1 × 4.32",
            value=Decimal("4320.00"),
            unit="yuan",
            citation=Citation(
                rule="charges/over_plan_ladder", area="3710", since=date(2020, 1, 15), source="s", clause="c"
            ),
        ),
    ),
)


@given(DERIVED)
def test_a_derivation_comes_back_to_the_digit(derived: Derived) -> None:
    back = read_derivation(json.loads(json.dumps(derivation_json(derived))))
    assert back == derived
    assert str(back.value) == str(derived.value)


def test_a_citation_that_two_steps_share_stands_once() -> None:
    twice = Derived(value=ONE.value, unit="yuan", steps=ONE.steps * 2)
    kept = derivation_json(twice)
    assert len(kept["citations"]) == 1
    assert [step["citation"] for step in kept["steps"]] == [0, 0]


@pytest.mark.parametrize("is_binding", [True, False])
def test_json_says_whether_an_amount_is_a_trial(is_binding: bool) -> None:
    citation = Citation(
        rule="r", area="", since=date(2020, 1, 1), source="s", clause="c", is_binding=is_binding
    )
    step = replace(ONE.steps[0], citation=citation)
    assert derivation_json(replace(ONE, steps=(step,)))["is_trial"] is not is_binding


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"format": "shuiheng.derivation/2"}, "derivation.format"),
        ({"value": "many"}, "derivation.value"),
        ({"value": "NaN"}, "derivation.value"),
        ({"unit": None}, "derivation.unit"),
        ({"citations": []}, "derivation.steps[0].citation"),
        ({"steps": [{}]}, "derivation.steps[0]"),
    ],
)
def test_what_is_no_derivation_is_refused_with_its_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(JsonFormatError) as refused:
        read_derivation(derivation_json(ONE) | change)
    assert refused.value.place.startswith(place)
