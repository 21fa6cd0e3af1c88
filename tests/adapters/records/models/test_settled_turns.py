"""A month of a meter has one turn for a figure, and goes with its meter."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from adapters.records.test_settled_turns import city, meter, official  # noqa: F401  used by name
from metered_city import BELIEVED, MeteredCity
from shuiheng.adapters.records.models import Meter, SettledTurn

pytestmark = pytest.mark.django_db


def test_a_month_turns_once_for_a_figure(city: MeteredCity, meter: Meter) -> None:  # noqa: F811  fixtures
    figure = official(city, "indicator:a", 2025)
    told = {"meter": meter, "month": date(2025, 5, 1), "figure": figure, "turned_at": BELIEVED}
    SettledTurn.objects.create(**told)
    with pytest.raises(IntegrityError), transaction.atomic():
        SettledTurn.objects.create(**told, told_litres=1)
    assert SettledTurn.objects.get().told_litres is None
