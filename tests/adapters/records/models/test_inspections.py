"""The database itself keeps two persons for a draw, and a certificate or a number once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from services.inspections.made_up import InspectedCity, city  # noqa: F401  used by name
from shuiheng.adapters.records.models import InspectionDraw, InspectorEntry

pytestmark = pytest.mark.django_db


def test_who_planned_a_draw_neither_commits_to_it_nor_publishes_it(
    city: InspectedCity,  # noqa: F811  the fixture
) -> None:
    row = city.plan()
    for column in ("committed_by", "published_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            InspectionDraw.objects.filter(pk=row.pk).update(**{column: city.clerk})
        InspectionDraw.objects.filter(pk=row.pk).update(**{column: city.leader})


def test_a_certificate_is_held_by_one_open_entry(city: InspectedCity) -> None:  # noqa: F811  the fixture
    with pytest.raises(IntegrityError), transaction.atomic():
        InspectorEntry.objects.filter(pk=city.inspectors[0].pk).update(certificate="执1")
