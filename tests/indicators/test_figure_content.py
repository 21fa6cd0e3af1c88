"""Values that are kept: what was kept computes the same digits again, whatever the facts were."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.made import PERCENT, book, indicator
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.evaluate import IndicatorFigure, Question, evaluate
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.indicators.figure_content import (
    content_digest,
    figure_content,
    recompute,
    stored_figure,
)
from shuiheng.kernel.json_fields import JsonFormatError

INDICATORS = indicator_book().indicators
YEARS = range(2019, 2025)
VALUES = st.decimals(min_value=0, max_value=10**9, places=6, allow_nan=False, allow_infinity=False)


@st.composite
def _figures(draw: st.DrawFn) -> IndicatorFigure:
    """Return a value of any indicator, by any choices, over facts some of which may be missing."""
    asked = INDICATORS[draw(st.sampled_from(sorted(INDICATORS)))]
    version = asked.version_on(asked.versions[-1].valid_from)
    choices = {name: draw(st.sampled_from(sorted(part.choices))) for name, part in version.parts.items()}
    known: dict[FactKey, FactFigure] = {}
    for name in version.facts(choices):
        by_member = indicator_book().facts[name].is_by_member
        for year in YEARS:
            for member in ("large", "small") if by_member else ("",):
                if draw(st.integers(0, 20)):
                    value = draw(VALUES)
                    known[FactKey(name, year, member)] = FactFigure(value=value, origin=f"made:{name}:{year}")
    facts = FactBook(kinds=indicator_book().facts, figures=known)
    return evaluate(asked, Question(year=2024, base_year=2020, choices=choices), facts)


def _kept(figure: IndicatorFigure) -> Any:
    return json.loads(json.dumps(figure_content(figure, indicator_book().facts), ensure_ascii=False))


@settings(deadline=None)
@given(_figures())
def test_any_value_computes_again_to_the_same_digits(figure: IndicatorFigure) -> None:
    kept = _kept(figure)
    again = stored_figure(kept)
    assert str(again.figure.value) == str(figure.value) == str(again.value)
    assert again.is_same
    assert again.figure.missing == figure.missing
    assert again.figure.arithmetic == figure.arithmetic
    assert again.figure.stopped == figure.stopped


@settings(deadline=None)
@given(_figures())
def test_what_was_read_back_is_kept_as_the_same_content(figure: IndicatorFigure) -> None:
    kept = _kept(figure)
    again = stored_figure(kept)
    assert content_digest(figure_content(again.figure, again.book.kinds)) == content_digest(kept)


def _rate(use: str) -> Any:
    shares = indicator("use / other_use", PERCENT)
    figure = evaluate(shares, Question(year=2024), book(use={2024: use}, other_use={2024: "3"}))
    return figure_content(figure, book().kinds)


def test_an_altered_fact_no_longer_gives_the_kept_value() -> None:
    kept = _rate("1")
    digest = content_digest(kept)
    kept["facts"][0]["value"] = "2"
    assert recompute(kept) == Decimal("66.66666666666666666666666667")
    assert not stored_figure(kept).is_same
    assert content_digest(kept) != digest


def test_the_order_of_fields_does_not_change_the_digest() -> None:
    kept = _rate("1")
    assert content_digest(dict(reversed(list(kept.items())))) == content_digest(kept)


@pytest.mark.parametrize("broken", [{}, {"format": "other"}, None, []])
def test_what_is_no_content_is_refused(broken: object) -> None:
    with pytest.raises(JsonFormatError):
        stored_figure(broken)


def test_a_value_that_is_no_finite_number_is_refused() -> None:
    with pytest.raises(JsonFormatError, match="finite"):
        stored_figure(_rate("1") | {"value": "NaN"})
