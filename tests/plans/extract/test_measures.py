"""Names of units."""

from __future__ import annotations

import re

import pytest

from shuiheng.plans.extract.measures import UNIT, Measure, unit_of

UNITS = [
    ("立方米", "m3", Measure.VOLUME),
    ("方", "m3", Measure.VOLUME),
    ("公里", "km", Measure.EXTENT),
    ("平方米", "m2", Measure.EXTENT),
    ("平方公里", "km2", Measure.EXTENT),
    ("个百分点", "百分点", Measure.RATE),
    ("家", "家", Measure.COUNT),
    ("级", "级", Measure.GRADE),
    ("吨标煤", "吨标准煤", Measure.OTHER),
    ("立方米/万元", "m3/万元", Measure.OTHER),
    ("升/人·日", "L/(人·d)", Measure.OTHER),
    ("吨/月·平方公里", "吨/月·平方公里", Measure.OTHER),
]


@pytest.mark.parametrize(("words", "name", "measure"), UNITS)
def test_a_unit_has_one_name_however_it_is_written(words: str, name: str, measure: Measure) -> None:
    assert unit_of(words) == (name, measure)
    assert re.fullmatch(UNIT, words)


def test_an_unknown_unit_keeps_its_words() -> None:
    assert unit_of("托盘") == ("托盘", Measure.OTHER)


def test_an_aspect_is_not_a_cubic_metre() -> None:
    assert re.match(UNIT, "方面") is None
