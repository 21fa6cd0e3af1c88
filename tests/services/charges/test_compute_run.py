"""A run computes a surcharge for every allowance, and never takes what is not known as 0."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from metered_city import settle
from office import make_account
from services.charges.made_up import Callbacks, City, book, ladder, use_book
from shuiheng.adapters.records.models import Charge, Event, Role
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.services.charges.charge_jobs import ask_compute
from shuiheng.services.charges.issue_run import issue_run, review_run
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.errors import NotPermittedError, ServiceError

pytestmark = pytest.mark.django_db
M3 = 1000


def test_each_slice_above_the_plan_has_its_own_multiple(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("印染厂", litres={3: 135 * M3})
    run = city.run(django_capture_on_commit_callbacks)
    charge = Charge.objects.get(run=run)
    # 10 m³ × 1 + 10 m³ × 2 + 15 m³ × 3 = 75 m³ at (3.00 + 1.00) yuan
    assert charge.amount_yuan == Decimal("300.00")
    assert (charge.volume_m3, charge.limit_m3, charge.is_trial) == (Decimal(135), Decimal(100), False)
    derived = read_derivation(charge.derivation)
    assert (derived.value, derived.steps[-1].name) == (Decimal("300.00"), "surcharge")
    assert {each.rule for each in derived.citations} >= {"charges/over_plan_ladder", "charges/sewage_fee"}
    assert not run.is_trial
    assert {each["rule"] for each in run.rules} >= {"charges/over_plan_ladder", "charges/special_price"}


@pytest.mark.parametrize(
    ("litres", "amount"), [(100 * M3, "0.00"), (100 * M3 + 1, "0.00"), (101 * M3, "4.00")]
)
def test_use_up_to_the_plan_costs_nothing(
    city: City, django_capture_on_commit_callbacks: Callbacks, litres: int, amount: str
) -> None:
    city.user("印染厂", litres={3: litres})
    assert Charge.objects.get(run=city.run(django_capture_on_commit_callbacks)).amount_yuan == Decimal(amount)


@pytest.mark.parametrize("litres", [{}, {3: None}, {2: 5}])
def test_water_that_is_not_known_gives_no_amount_but_a_finding(
    city: City, django_capture_on_commit_callbacks: Callbacks, litres: dict[int, int | None]
) -> None:
    city.user("印染厂", litres=litres)
    charge = Charge.objects.get(run=city.run(django_capture_on_commit_callbacks))
    assert (charge.amount_yuan, charge.volume_m3, charge.derivation) == (None, None, {})
    assert [each["code"] for each in charge.findings] == ["charges.no_volume"]


def test_a_month_that_is_known_in_part_is_not_charged(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    user = city.user("印染厂", litres={})
    settle(user.meters.get(), date(2025, 3, 1), 500 * M3, measured_seconds=9, missing_seconds=1)
    charge = Charge.objects.get(run=city.run(django_capture_on_commit_callbacks))
    assert (charge.amount_yuan, charge.volume_m3) == (None, None)


def test_the_share_that_was_estimated_stands_with_the_charge(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    user = city.user("印染厂", litres={})
    settle(
        user.meters.get(),
        date(2025, 3, 1),
        90 * M3,
        measured_seconds=9,
        estimated_seconds=1,
        estimated_litres=30 * M3,
    )
    charge = Charge.objects.get(run=city.run(django_capture_on_commit_callbacks))
    assert (charge.volume_m3, charge.estimated_share) == (Decimal(120), Decimal("0.25"))
    assert [each["values"]["share"] for each in charge.findings] == ["25.0%"]


def test_a_value_that_nobody_checked_makes_the_run_a_trial(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_book(monkeypatch, book(unchecked="charges/sewage_fee"))
    city.user("印染厂", litres={3: 120 * M3})
    run = city.run(django_capture_on_commit_callbacks)
    assert run.is_trial
    assert Charge.objects.get(run=run).is_trial


def test_of_the_year_to_date_only_what_was_not_charged_is_due(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_book(monkeypatch, book(over_plan_ladder=ladder("year_to_date")))
    city.user("印染厂", litres={1: 110 * M3, 2: 130 * M3})
    first = city.run(django_capture_on_commit_callbacks, month=1)
    review_run(city.reviewer, first.pk)
    issue_run(city.leader, first.pk, mark="青节水", due_on=date(2099, 1, 1))
    second = Charge.objects.get(run=city.run(django_capture_on_commit_callbacks, month=2))
    # 240 of 200 m³: 20 × 1 + 20 × 2 = 60 m³ at 4.00; 10 m³ were charged in January
    assert second.amount_yuan == Decimal("200.00")


def test_a_run_that_is_computed_again_replaces_its_drafts(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    user = city.user("印染厂", litres={3: 120 * M3})
    run = city.run(django_capture_on_commit_callbacks)
    settle(city.metered.meter(user), date(2025, 3, 1), 5 * M3)
    with django_capture_on_commit_callbacks(execute=True):
        ask_compute(city.clerk, run.pk)
    assert [row.volume_m3 for row in Charge.objects.filter(run=run)] == [Decimal(125)]
    event = Event.objects.filter(action="charge_run.computed").latest("pk")
    assert event.after is not None and event.after["counts"] == {
        "charges": 1,
        "due": 1,
        "unknown": 0,
        "held": 0,
    }


def test_a_bill_has_the_price_of_its_class_and_households_are_left_out(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("印染厂", litres={3: 10 * M3}, plan=None)
    special = city.user("洗车行", litres={3: 10 * M3}, plan=None)
    city.restate(special, price_class="special")
    home = city.user("小区", litres={3: 10 * M3}, plan=None)
    city.restate(home, price_class="residential")
    bills = Charge.objects.filter(run=city.run(django_capture_on_commit_callbacks, RunKind.NON_HOUSEHOLD))
    assert [row.amount_yuan for row in bills] == [Decimal("40.00"), Decimal("130.00")]
    trial = city.run(django_capture_on_commit_callbacks, RunKind.HOUSEHOLD)
    assert [row.amount_yuan for row in trial.charges.all()] == [Decimal("20.00")]
    assert trial.is_trial


def test_the_tax_of_an_abstraction_grows_over_the_year(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    well = city.user("矿厂", litres={1: 10 * M3, 2: 20 * M3}, plan=None)
    well.sources.update(kind="abstraction")
    city.restate(well, water_kind="groundwater")
    run = city.run(django_capture_on_commit_callbacks, RunKind.RESOURCE_TAX, month=2)
    assert Charge.objects.get(run=run).amount_yuan == Decimal("48.00")  # 30 m³ × 1.60
    assert run.is_trial


def test_only_who_keeps_charges_may_compute_and_only_a_draft(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("印染厂", litres={3: 120 * M3})
    run = city.run(django_capture_on_commit_callbacks)
    with pytest.raises(NotPermittedError):
        ask_compute(make_account("chayue", Role.READER), run.pk)
    review_run(city.reviewer, run.pk)
    with pytest.raises(ServiceError) as refused:
        ask_compute(city.clerk, run.pk)
    assert refused.value.code == "charges.wrong_run_state"
