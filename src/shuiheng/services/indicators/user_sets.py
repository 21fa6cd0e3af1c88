"""Sets of users whose water facts add up: with an allowance, public, under progressive prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_fact_counts import (
    public_institutions,
    users_by_district,
    users_charged,
    users_with_plan,
)
from shuiheng.adapters.rulebook.computed_facts import PROGRESSIVE, PUBLIC, WITH_PLAN
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.inspections.city_sight import CitySight


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSet:
    """Users of a set in a year (用户集合).

    Args:
        users: Query for their keys.
        districts: How many lie in each district.
    """

    users: QuerySet[Any]
    districts: Mapping[int | None, int]


def user_set(city: Place, who: str, year: int, on: date) -> UserSet | None:
    """Return the users of a set in a year; None where the city names none, so that nothing is known.

    Args:
        city: The city.
        who: `with_plan`, `public` or `progressive`.
        year: The year.
        on: The day on which users lie in their districts.
    """
    seen = CitySight(city)
    users = {
        WITH_PLAN: lambda: users_with_plan(seen, city.pk, year),
        PUBLIC: lambda: public_institutions(seen, city.pk, on),
        PROGRESSIVE: lambda: users_charged(seen, city.pk, year, RunKind.OVER_PLAN),
    }[who]()
    districts = users_by_district(seen, users, on)
    return UserSet(users=users, districts=districts) if districts else None
