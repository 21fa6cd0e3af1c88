"""Queries of charges: sums are of what was released, and what has no amount is counted, not added."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from services.charges.made_up import Callbacks, City, book, made_up_city, use_book
from shuiheng.adapters.records.as_of import AsOf
from shuiheng.adapters.records.models import Account, ChargeEntryKind
from shuiheng.adapters.records.queries_charges import (
    ChargeFilter,
    charge_in_sight,
    entries_of,
    entries_waiting,
    filtered_charges,
    issued_charges,
    own_charges,
    run_totals,
    runs_in_sight,
    sources_on,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.charges.keep_entries import AskedBack, Paid, ask_back, record_payment, release
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account, monkeypatch: pytest.MonkeyPatch) -> City:
    """A city whose rules are all checked."""
    use_book(monkeypatch, book())
    return made_up_city(officer)


@pytest.fixture
def looking(city: City) -> Sight:
    """What the clerk may see of charges."""
    return sight(city.clerk, Action.CHARGES_LOOK)


def test_sums_of_different_entries_do_not_multiply_each_other(
    city: City, looking: Sight, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("甲", litres={3: 120_000})
    charge = city.issued(django_capture_on_commit_callbacks)
    for amount in ("50", "30"):
        record_payment(
            city.clerk, charge.pk, Paid(amount=Decimal(amount), on=timezone.localdate(), receipt="1")
        )
    for kind, amount in ((ChargeEntryKind.WAIVER, "10"), (ChargeEntryKind.REFUND, "5")):
        asked = AskedBack(kind=kind, amount=Decimal(amount), reason="核减")
        release(city.reviewer, ask_back(city.clerk, charge.pk, asked).pk)
    ask_back(
        city.clerk, charge.pk, AskedBack(kind=ChargeEntryKind.WAIVER, amount=Decimal(1), reason="再核减")
    )
    found = charge_in_sight(looking, charge.pk)
    assert found is not None
    sums = {name: found.__dict__[name] for name in ("paid", "waived", "refunded", "late", "waiting")}
    assert sums == {"paid": 80, "waived": 10, "refunded": 5, "late": 0, "waiting": 1}
    assert [entry.kind for entry in entries_waiting(looking)] == ["waiver"]
    assert len(entries_of(looking, charge)) == 5
    assert list(issued_charges(looking)) == [charge] == list(own_charges(looking))


def test_totals_count_what_has_no_amount_and_add_what_is_due(
    city: City, looking: Sight, django_capture_on_commit_callbacks: Callbacks
) -> None:
    for name, litres in (("甲", 120_000), ("乙", 90_000), ("丙", None), ("丁", 150_000)):
        city.user(name, litres={3: litres})
    run = city.run(django_capture_on_commit_callbacks)
    totals = run_totals(looking, run)
    assert (totals.count, totals.due, totals.free, totals.unknown, totals.credit) == (4, 2, 1, 1, 0)
    assert (totals.amount, totals.volume_m3) == (Decimal(600), Decimal(360))
    assert list(runs_in_sight(looking)) == [run]

    def names(**wanted: object) -> list[str]:
        rows = filtered_charges(looking, run, ChargeFilter(**wanted))  # type: ignore[arg-type]
        return [row.user.organisation.name for row in rows]

    assert names(outcome="unknown") == ["丙"]
    assert names(words="甲") == ["甲"]
    assert names(most_first=True) == ["丁", "甲", "乙", "丙"]
    assert names(district=city.metered.place.pk) == []


def test_sources_are_those_in_use_on_the_day_with_the_classes_of_their_prices(
    city: City, looking: Sight
) -> None:
    user = city.user("甲", litres={})
    city.restate(user, price_class="special", water_kind="reclaimed")
    city.metered.user("关停厂", None, use_class="industry", is_open=False)
    (found,) = sources_on(looking, city.metered.place, AsOf(on=date(2025, 3, 31)))
    assert (found.user, found.price_class, found.use_class) == (user.pk, "special", "industry")
    assert (found.water_kind, found.kind, found.is_supplier) == ("reclaimed", "supply", False)
    assert sources_on(looking, city.metered.place, AsOf(on=date(2019, 1, 1))) == []
