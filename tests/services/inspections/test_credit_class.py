"""The class of a unit follows from the rule of a day, and no class is made up where there is none."""

from __future__ import annotations

from datetime import date

import pytest

from services.inspections.made_up import InspectedCity
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.credit_class import classes_of

pytestmark = pytest.mark.django_db


def test_who_has_no_record_is_not_rated(city: InspectedCity) -> None:
    unit, place = city.users[0].organisation_id, city.metered.place
    assert classes_of(place, {unit, None}, city.today) == {unit: "unrated", None: "unrated"}


def test_without_a_rule_there_is_no_class(city: InspectedCity) -> None:
    with pytest.raises(ServiceError, match=r"inspections\.no_rule"):
        classes_of(city.metered.place, set(), date(2015, 1, 1))
