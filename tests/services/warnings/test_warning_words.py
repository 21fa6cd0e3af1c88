"""Names of levels and periods in messages."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.allowances.warning_levels import ladder_of
from shuiheng.services.warnings.warning_words import LEVELS, level_name, period_name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        (date(2026, 4, 1), date(2026, 6, 30), "2026年第2季度"),
        (date(2026, 10, 1), date(2026, 12, 31), "2026年第4季度"),
        (date(2026, 4, 1), date(2026, 4, 30), "2026年4月"),
    ],
)
def test_a_period_has_the_name_that_people_use(first: date, last: date, name: str) -> None:
    assert period_name(first, last) == name


def test_every_shipped_level_has_a_name_and_others_are_named_by_their_basis() -> None:
    for value in shipped_rulebook()["allowances/warning_levels"].values:
        assert {level.id for level in ladder_of(value).levels} <= LEVELS.keys()
    assert level_name("red", "forecast") == "预计超用水计划"
