"""The form in which a series is asked for."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from shuiheng.web.api.figure_schemas import SeriesAsked


@pytest.mark.parametrize("of", ["use", "fact:gdp", "indicator:water_use_total"])
def test_a_series_is_named_by_sort_and_id(of: str) -> None:
    assert SeriesAsked(of=of).choice == []


@pytest.mark.parametrize("of", ["", "gdp", "fact:", "fact:GDP", "use:gdp", "indicator:a b"])
def test_other_names_are_refused(of: str) -> None:
    with pytest.raises(ValidationError):
        SeriesAsked(of=of)


def test_unless_told_it_is_the_water_of_the_city() -> None:
    assert SeriesAsked().of == "indicator:water_use_total"
