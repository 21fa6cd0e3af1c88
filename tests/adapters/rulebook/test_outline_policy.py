"""Approval numbers of maps are known by their form, and coordinates by where China lies."""

from __future__ import annotations

import re

import pytest

from shuiheng.adapters.rulebook.outline_policy import outline_policy


@pytest.mark.parametrize(
    "number", ["GS（2024）0123号", "GS(2019)1822号", "京S（2022）012号", "豫S〔2024〕7号"]
)
def test_the_usual_forms_of_approval_numbers_are_known(number: str) -> None:
    assert re.fullmatch(outline_policy().approval_form, number)


@pytest.mark.parametrize(
    "number", ["GS2024 0123", "（2024）0123号", "GS（24）0123号", "无", "GS（2024）0123号x"]
)
def test_other_words_are_no_approval_number(number: str) -> None:
    assert not re.fullmatch(outline_policy().approval_form, number)


def test_the_bounds_hold_the_whole_country() -> None:
    policy = outline_policy()
    for east, north in ((73.5, 39.4), (135.1, 48.4), (109.6, 18.2), (122.4, 53.5)):
        assert policy.longitudes[0] < east < policy.longitudes[1]
        assert policy.latitudes[0] < north < policy.latitudes[1]
