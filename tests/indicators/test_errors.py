"""Errors of indicators: each has its code and a sentence with the blanks that it fills."""

from __future__ import annotations

import inspect

import pytest

from shuiheng.adapters.rulebook.finding_texts import finding_texts
from shuiheng.indicators import errors
from shuiheng.indicators.errors import IndicatorError, NoBaseYearError

CLASSES = [
    each
    for _, each in inspect.getmembers(errors, inspect.isclass)
    if issubclass(each, IndicatorError) and each is not IndicatorError
]


@pytest.mark.parametrize("error", CLASSES, ids=lambda each: each.__name__)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_error_has_its_sentence_with_the_blanks_that_it_fills(
    error: type[IndicatorError], language: str
) -> None:
    text = finding_texts(language)[error.code]
    filled = dict.fromkeys(inspect.signature(error).parameters, "…")
    assert text.says.format(**filled) and text.remedy.format(**filled)


def test_codes_are_told_apart() -> None:
    assert len({each.code for each in CLASSES}) == len(CLASSES)


def test_a_missing_base_year_names_the_year() -> None:
    assert NoBaseYearError("water_use_per_gdp", 2024, None).values["year"] == "2024"
