"""Which cells are withheld and under which terms figures may be used is a rule of the place."""

from __future__ import annotations

from datetime import date

import pytest

from office import the_office
from shuiheng.services.errors import ServiceError
from shuiheng.services.publication.edition_terms import small_cell_rule, usual_licence

pytestmark = pytest.mark.django_db


def test_the_rule_and_the_terms_of_a_day_are_read_in_both_languages() -> None:
    city, on = the_office().place, date(2026, 1, 1)
    rule = small_cell_rule(city, on)
    assert rule.fewest > 1 and 0 < rule.nearness < rule.dominance < 1
    assert usual_licence(city, on, language="zh") != usual_licence(city, on, language="en")


def test_before_the_first_value_there_is_no_rule() -> None:
    with pytest.raises(ServiceError):
        small_cell_rule(the_office().place, date(1990, 1, 1))
