"""Checks of a year are counted once as a whole and by district, and once for each of their items."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from services.inspections.made_up import InspectedCity, city  # noqa: F401  used by name
from shuiheng.adapters.records.models import Check
from shuiheng.adapters.records.queries_check_figures import (
    CheckFigures,
    check_years,
    draw_shares,
    year_figures,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
AT = datetime(2025, 5, 1, tzinfo=timezone.get_default_timezone())


def test_checks_are_counted_by_what_came_of_them(
    city: InspectedCity,  # noqa: F811  the fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen, row = sight(city.leader, Action.INSPECTIONS_LOOK), city.drawn(monkeypatch)
    Check.objects.update(state="void")
    items = [{"id": "I1", "name": "计量"}, {"id": "I2", "name": "台账"}]

    def check(area: int, draw: object = row, **fields: object) -> None:
        place = [city.metered.place, *city.metered.districts][area]
        given: dict[str, object] = {"place": city.metered.place, "area": place, "draw": draw, "items": items}
        given |= {"subject": "厂", "made_by": city.clerk, "made_at": AT}
        number = Check.objects.count()
        Check.objects.create(**(given | {"subject_key": f"U{number}"} | fields))

    check(1)
    check(1, state="closed", recorded_on=city.today, result="passed", items=items[:1])
    check(1, state="finding_open", recorded_on=city.today, result="to_mend")
    check(0, state="void", recorded_on=city.today)
    check(0, draw=None)  # by itself, in the year in which it was opened
    figures = year_figures(seen, row.year, city.today)
    assert figures.whole == CheckFigures(opened=3, done=2, found=1, closed=1)
    assert set(figures.by_district) == {"东河区"}
    check(0, subject_key=f"U{city.users[0].pk}")  # the city opened it, the object lies in the district
    assert year_figures(seen, row.year, city.today).by_district["东河区"].opened == 4
    assert figures.by_item["计量"].opened == 3 and figures.by_item["台账"].opened == 2
    assert year_figures(seen, 2025, city.today).whole == CheckFigures(opened=1)
    assert check_years(seen) == [2026, 2025]
    (share,) = draw_shares(seen, row.year)
    assert (share.drawn, share.objects) == (2, 6)
