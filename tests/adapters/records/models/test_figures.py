"""What the database itself refuses of statistics and figures, whoever writes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from office import the_office
from shuiheng.adapters.records.models import Account, Figure, Statistic

pytestmark = pytest.mark.django_db


def _person(name: str) -> Account:
    return Account.objects.get_or_create(username=name)[0]


def _statistic(**changed: object) -> Statistic:
    city = the_office().place
    given = {
        "place": city,
        "city": city,
        "fact": "gdp",
        "year": 2024,
        "value": Decimal("1200.5"),
        "source": "青禾市统计年鉴",
        "entered_by": _person("clerk"),
        "entered_at": timezone.now(),
    }
    return Statistic.objects.create(**(given | changed))


def _figure(**changed: object) -> Figure:
    city = the_office().place
    given = {
        "place": city,
        "city": city,
        "subject": "indicator:water_use_total",
        "year": 2024,
        "up_to": date(2024, 12, 31),
        "value": Decimal("4.81"),
        "unit": "yi_m3",
        "digest": "0" * 64,
        "code_version": "1",
        "released_by": _person("leader"),
        "released_at": timezone.now(),
    }
    return Figure.objects.create(**(given | changed))


def test_one_value_of_a_fact_and_year_stands_at_a_time() -> None:
    _statistic()
    with pytest.raises(IntegrityError), transaction.atomic():
        _statistic(value=Decimal(9))
    _statistic(state="confirmed")
    _statistic(superseded_at=timezone.now())
    _statistic(year=2023)


def test_nobody_confirms_what_the_same_person_entered() -> None:
    clerk = _person("clerk")
    with pytest.raises(IntegrityError), transaction.atomic():
        _statistic(state="confirmed", entered_by=clerk, decided_by=clerk)


def test_an_entered_value_does_not_change_and_is_not_deleted() -> None:
    row = _statistic()
    for change in (lambda: Statistic.objects.update(value=Decimal(1)), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_figure_is_superseded_and_never_changed() -> None:
    row = _figure()
    with pytest.raises(IntegrityError), transaction.atomic():
        _figure()
    for change in (lambda: Figure.objects.update(value=Decimal(5)), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    Figure.objects.update(superseded_at=timezone.now())
    _figure(value=Decimal("4.79"), cause="年鉴修订")
