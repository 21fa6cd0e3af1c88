"""What moves with a fact, and what moves it, names facts, classes and ways that exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.fact_drivers import driver_kinds, fact_drivers, read_drivers, read_kinds
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.adapters.rulebook.use_classes import use_classes

TEXT = """\
drivers:
  - {fact: use_total, classes: [industry], moved_by: [gdp]}
moving:
  - {fact: gdp, way: output}
checked: {day: null, by: null}
"""


def test_drivers_name_what_exists() -> None:
    drivers, facts = fact_drivers(), indicator_book().facts
    assert drivers and set(drivers) | set(driver_kinds()) <= set(facts)
    assert set().union(*(each.classes for each in drivers.values())) <= set(use_classes())
    assert {fact for each in drivers.values() for fact in each.moved_by} == set(driver_kinds())


def test_what_moves_use_is_told_from_the_first_day_of_a_year() -> None:
    assert all(indicator_book().facts[fact].adds_up for fact in driver_kinds())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[industry]", "[moon]"),
        ("[gdp]", "[moon]"),
        ("way: output", "way: moon"),
        ("fact: gdp", "fact: moon"),
    ],
)
def test_a_word_that_does_not_exist_is_refused(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "indicators" / "drivers.yaml"
    file.parent.mkdir()
    file.write_text(TEXT, encoding="utf-8")
    assert set(read_drivers(tmp_path)) == {"use_total"} and set(read_kinds(tmp_path)) == {"gdp"}
    file.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(RulebookError, match="moon"):
        read_drivers(tmp_path)
