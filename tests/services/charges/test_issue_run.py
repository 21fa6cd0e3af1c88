"""Charges are issued after a second person looked at them, and never while they are a trial."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from services.charges.made_up import DUE, Callbacks, City, book, use_book
from shuiheng.adapters.records.models import Account, Charge, Event, PlannedAllowance, Role
from shuiheng.services.allowances.change_allowance import rebalance
from shuiheng.services.charges.issue_run import issue_run, return_run, review_run
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.make_run import make_run
from shuiheng.services.create_first_users import ensure_user
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.found_city import join

pytestmark = pytest.mark.django_db
M3 = 1000


def _refused(actor: Account, run: int, *, due_on: date = DUE, mark: str = "青节水") -> str:
    with pytest.raises(ServiceError) as refused:
        issue_run(actor, run, mark=mark, due_on=due_on)
    return refused.value.code


def test_only_what_is_due_is_issued_under_numbers_without_gaps(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    for name, litres in (("甲厂", 120), ("乙厂", 90), ("丙厂", 150), ("丁厂", None)):
        city.user(name, litres={3: None if litres is None else litres * M3})
    run = city.run(django_capture_on_commit_callbacks)
    review_run(city.reviewer, run.pk)
    assert issue_run(city.leader, run.pk, mark="青节水", due_on=DUE) == 2
    rows = list(Charge.objects.filter(run=run).order_by("pk"))
    year = timezone.localdate().year
    assert [row.number for row in rows] == [f"青节水〔{year}〕1号", "", f"青节水〔{year}〕2号", ""]
    assert [row.state for row in rows] == ["issued", "draft", "issued", "draft"]
    assert {row.due_on for row in rows if row.number} == {DUE}
    event = Event.objects.get(action="charge_run.issued")
    assert event.after is not None
    assert (event.after["charges"], event.after["amount"]) == (2, "600.00")  # 120 yuan and 480 yuan


def test_a_month_that_was_billed_never_changes_and_other_months_may(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    billed = city.user("甲厂", litres={3: 120 * M3})
    within = city.user("乙厂", litres={3: 90 * M3})
    row, other = (PlannedAllowance.objects.get(user=each) for each in (billed, within))
    charge = city.issued(django_capture_on_commit_callbacks)
    row.refresh_from_db()
    other.refresh_from_db()
    assert [(each["month"], each["why"]) for each in row.frozen] == [(3, f"charge_run:{charge.run_id}")]
    assert other.frozen == []  # it was issued no charge
    real = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda at=None: real(at) if at else date(2025, 3, 15))
    filer = ensure_user("filer", display_name="甲", roles=((billed.organisation, Role.ENTERPRISE_FILER),))[0]
    rebalance(filer, row.pk, _moved(5, 6))  # in March itself only what was billed stands fast
    with pytest.raises(ServiceError) as refused:
        rebalance(filer, row.pk, _moved(3, 6))
    assert (refused.value.code, refused.value.values["months"]) == ("allowances.frozen_month", "3")


def _moved(giver: int, taker: int) -> list[Decimal]:
    """Return months of 100 m³ of which one gave 1 m³ to another."""
    return [Decimal(100 - (month == giver) + (month == taker)) for month in range(1, 13)]


def test_what_cannot_be_issued_freezes_nothing(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    user = city.user("甲厂", litres={3: 120 * M3})
    run = city.run(django_capture_on_commit_callbacks)
    review_run(city.reviewer, run.pk)
    assert _refused(city.leader, run.pk, mark="1号") == "services.mark_form"
    assert PlannedAllowance.objects.get(user=user).frozen == []


def test_a_run_on_an_unchecked_value_cannot_be_issued(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_book(monkeypatch, book(unchecked="charges/over_plan_ladder"))
    city.user("甲厂", litres={3: 120 * M3})
    run = city.run(django_capture_on_commit_callbacks)
    review_run(city.reviewer, run.pk)
    assert _refused(city.leader, run.pk) == "charges.run_is_trial"
    use_book(monkeypatch, book())  # checked since, but the amounts were computed before
    assert _refused(city.leader, run.pk) == "charges.run_is_trial"


def test_a_run_whose_values_changed_since_is_computed_again_first(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    city.user("甲厂", litres={3: 120 * M3})
    run = city.run(django_capture_on_commit_callbacks)
    review_run(city.reviewer, run.pk)
    use_book(monkeypatch, book(sewage_fee=None))
    assert _refused(city.leader, run.pk) == "charges.rules_moved"
    assert return_run(city.reviewer, run.pk, reason="规则已变").state == "draft"


def test_the_maker_does_not_review_and_nothing_is_skipped(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("甲厂", litres={3: 120 * M3})
    bare = make_run(city.clerk, city.metered.place.pk, RunKind.OVER_PLAN, last=date(2025, 2, 1))
    with pytest.raises(ServiceError) as refused:
        review_run(city.reviewer, bare.pk)
    assert refused.value.code == "charges.not_computed"
    run = city.run(django_capture_on_commit_callbacks)
    join(city.clerk, city.metered.keeper, Role.OFFICE_REVIEWER)
    with pytest.raises(ServiceError) as refused:
        review_run(city.clerk, run.pk)
    assert refused.value.code == "charges.own_run"
    assert _refused(city.leader, run.pk) == "charges.wrong_run_state"
    with pytest.raises(NotPermittedError):
        issue_run(city.reviewer, run.pk, mark="青节水", due_on=DUE)


def test_a_due_day_lies_ahead_a_mark_is_words_and_something_is_due(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("甲厂", litres={3: 90 * M3})
    run = city.run(django_capture_on_commit_callbacks)
    review_run(city.reviewer, run.pk)
    assert _refused(city.leader, run.pk, due_on=timezone.localdate()) == "charges.due_day_passed"
    assert _refused(city.leader, run.pk) == "charges.nothing_due"
    Charge.objects.filter(run=run).update(amount_yuan=Decimal(1))
    assert _refused(city.leader, run.pk, mark="1号") == "services.mark_form"


@pytest.mark.parametrize("kind", [RunKind.HOUSEHOLD, RunKind.RESOURCE_TAX])
def test_a_tax_and_a_household_trial_are_never_issued(
    city: City, django_capture_on_commit_callbacks: Callbacks, kind: RunKind
) -> None:
    user = city.user("甲厂", litres=dict.fromkeys((1, 2, 3), 120 * M3), plan=None)
    city.restate(user, price_class="residential")
    run = city.run(django_capture_on_commit_callbacks, kind)
    review_run(city.reviewer, run.pk)
    assert _refused(city.leader, run.pk) == "charges.not_issued_here"
