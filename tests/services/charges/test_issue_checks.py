"""A run is issued only while its values, its figures and its order are those of the day of issue."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.charges.made_up import DUE, Callbacks, City, book, ladder, use_book
from shuiheng.adapters.records.models import Charge, ChargeEntryKind, SettledMonth
from shuiheng.services.charges.charge_jobs import ask_compute
from shuiheng.services.charges.issue_run import issue_run, return_run, review_run
from shuiheng.services.charges.keep_entries import AskedBack, ask_back, release
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db
M3 = 1000


def _issue(city: City, run: int) -> str:
    """Issue a run; return the code of what keeps it from it, or nothing."""
    try:
        issue_run(city.leader, run, mark="青节水", due_on=DUE)
    except ServiceError as error:
        return error.code
    return ""


def test_water_that_changed_since_keeps_a_run_from_being_issued(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    user = city.user("甲厂", litres={3: 120 * M3})
    run = city.run(django_capture_on_commit_callbacks)
    review_run(city.reviewer, run.pk)
    SettledMonth.objects.filter(meter__user=user).update(by_time_litres=119 * M3)
    assert _issue(city, run.pk) == "charges.figures_moved"
    return_run(city.reviewer, run.pk, reason="读数已更正")
    with django_capture_on_commit_callbacks(execute=True):
        ask_compute(city.clerk, run.pk)
    review_run(city.reviewer, run.pk)
    assert _issue(city, run.pk) == ""
    assert Charge.objects.get(run=run).amount_yuan == Decimal("112.00")  # 10 × 4 + 9 × 8


def test_a_run_that_was_made_as_a_trial_is_none_once_its_values_were_checked(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_book(monkeypatch, book(unchecked="charges/over_plan_ladder"))
    city.user("甲厂", litres={3: 120 * M3})
    run = city.run(django_capture_on_commit_callbacks)
    use_book(monkeypatch, book())
    with django_capture_on_commit_callbacks(execute=True):
        ask_compute(city.clerk, run.pk)
    review_run(city.reviewer, run.pk)
    assert _issue(city, run.pk) == ""


def test_parts_of_a_year_to_date_are_issued_one_after_another(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_book(monkeypatch, book(over_plan_ladder=ladder("year_to_date")))
    city.user("甲厂", litres={1: 120 * M3, 2: 120 * M3})
    first, second = (city.run(django_capture_on_commit_callbacks, month=month) for month in (1, 2))
    review_run(city.reviewer, second.pk)
    assert _issue(city, second.pk) == "charges.out_of_order"  # it was computed without January
    review_run(city.reviewer, first.pk)
    assert _issue(city, first.pk) == ""
    assert _issue(city, second.pk) == "charges.figures_moved"
    return_run(city.reviewer, second.pk, reason="一月已发出")
    with django_capture_on_commit_callbacks(execute=True):
        ask_compute(city.clerk, second.pk)
    review_run(city.reviewer, second.pk)
    assert _issue(city, second.pk) == ""
    amounts = list(Charge.objects.order_by("run__last").values_list("amount_yuan", flat=True))
    assert amounts == [Decimal("120.00"), Decimal("120.00")]  # 40 m³ over 200 m³ in all: 20 × 4 + 20 × 8


def test_an_earlier_part_is_not_issued_after_a_later_one(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_book(monkeypatch, book(over_plan_ladder=ladder("year_to_date")))
    city.user("甲厂", litres={1: 120 * M3, 2: 120 * M3})
    later = city.run(django_capture_on_commit_callbacks, month=2)
    review_run(city.reviewer, later.pk)
    assert _issue(city, later.pk) == ""
    first = city.run(django_capture_on_commit_callbacks, month=1)
    review_run(city.reviewer, first.pk)
    assert _issue(city, first.pk) == "charges.out_of_order"


def test_a_reversal_of_an_earlier_part_makes_a_later_one_stale(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_book(monkeypatch, book(over_plan_ladder=ladder("year_to_date")))
    city.user("甲厂", litres={1: 120 * M3, 2: 120 * M3})
    charge = city.issued(django_capture_on_commit_callbacks, month=1)
    later = city.run(django_capture_on_commit_callbacks, month=2)
    review_run(city.reviewer, later.pk)
    asked = AskedBack(kind=ChargeEntryKind.REVERSAL, reason="户名有误")
    release(city.reviewer, ask_back(city.clerk, charge.pk, asked).pk)
    assert _issue(city, later.pk) == "charges.figures_moved"
