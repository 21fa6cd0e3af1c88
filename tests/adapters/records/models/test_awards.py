"""The database itself keeps two persons and amounts from below 0."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from services.awards.made_up import City, city  # noqa: F401  used by name
from shuiheng.adapters.records.models import Award, AwardScheme

pytestmark = pytest.mark.django_db


def test_nobody_opens_an_own_scheme_or_approves_an_own_award(city: City) -> None:  # noqa: F811  the fixture
    scheme = city.scheme()
    award = city.asked(city.user("甲厂"), scheme)
    for rows, wrong in (
        (AwardScheme.objects.all(), {"opened_by": scheme.made_by}),
        (AwardScheme.objects.all(), {"budget_yuan": -1}),
        (Award.objects.all(), {"approved_by": award.asked_by}),
        (Award.objects.all(), {"checked_by": city.clerk, "approved_by": city.clerk}),
        (Award.objects.all(), {"amount_yuan": -1}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    Award.objects.update(checked_by=city.clerk, approved_by=city.leader)
