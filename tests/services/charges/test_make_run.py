"""A run covers a period of its rule that is over, once."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from office import make_account
from services.charges.made_up import City, book, ladder, use_book
from shuiheng.adapters.records.models import Event, Role
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.make_run import make_run, withdraw_run
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 1)


def _refused(city: City, last: date) -> str:
    with pytest.raises(ServiceError) as refused:
        make_run(city.clerk, city.metered.place.pk, RunKind.OVER_PLAN, last=last)
    return refused.value.code


def test_a_quarter_is_charged_at_its_end_only(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_book(monkeypatch, book(over_plan_ladder=ladder("quarter")))
    assert _refused(city, date(2025, 2, 1)) == "charges.period_not_ended"
    run = make_run(city.clerk, city.metered.place.pk, RunKind.OVER_PLAN, last=MARCH)
    assert (run.first, run.last) == (date(2025, 1, 1), date(2025, 3, 31))
    assert run.terms == {"period": "quarter", "months": ["2025-01", "2025-02", "2025-03"]}


def test_a_period_that_still_runs_or_has_no_rule_is_refused(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _refused(city, timezone.localdate()) == "charges.period_not_over"
    assert _refused(city, date(2019, 12, 1)) == "charges.no_rule"
    bands = ({"multiple": 1, "up_to": 2},)
    use_book(monkeypatch, book(over_plan_ladder={**ladder(), "bands": bands}))  # type: ignore[dict-item]
    assert _refused(city, MARCH) == "charges.bad_rule"


def test_a_period_has_one_run_until_it_is_taken_back_with_a_reason(city: City) -> None:
    run = make_run(city.clerk, city.metered.place.pk, RunKind.OVER_PLAN, last=MARCH)
    assert _refused(city, MARCH) == "charges.run_stands"
    with pytest.raises(ServiceError):
        withdraw_run(city.clerk, run.pk, reason=" ")
    assert withdraw_run(city.clerk, run.pk, reason="选错月份").state == "withdrawn"
    assert Event.objects.get(action="charge_run.withdrawn").reason == "选错月份"
    assert make_run(city.clerk, city.metered.place.pk, RunKind.OVER_PLAN, last=MARCH).pk != run.pk


def test_only_who_keeps_charges_of_the_city_begins_a_run(city: City) -> None:
    with pytest.raises(NotPermittedError):
        make_run(make_account("cha", Role.READER), city.metered.place.pk, RunKind.OVER_PLAN, last=MARCH)
    with pytest.raises(NotThereError):
        make_run(city.clerk, city.metered.place.pk + 999, RunKind.OVER_PLAN, last=MARCH)
