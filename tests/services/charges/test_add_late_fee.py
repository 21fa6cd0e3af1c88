"""A late fee grows by the day on what is still owed, and is added once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.charges.made_up import Callbacks, City, book, use_book
from shuiheng.adapters.records.models import Charge, Event
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.rules.in_force import Rulebook
from shuiheng.services.charges.add_late_fee import add_late_fee, late_fee_of
from shuiheng.services.charges.balance import balance_of
from shuiheng.services.charges.keep_entries import Paid, record_payment
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db
DUE = date(2026, 1, 31)


@pytest.fixture
def charge(city: City, django_capture_on_commit_callbacks: Callbacks) -> Charge:
    """A charge of 4,000.00 yuan that was due on 31 January 2026."""
    city.user("印染厂", litres={3: 470_000})
    found = city.issued(django_capture_on_commit_callbacks)
    Charge.objects.filter(pk=found.pk).update(due_on=DUE)
    found.refresh_from_db()
    return found


def _refused(city: City, charge: Charge, until: date) -> str:
    with pytest.raises(ServiceError) as refused:
        add_late_fee(city.clerk, charge.pk, until=until)
    return refused.value.code


def test_only_what_has_grown_since_the_last_time_is_added(city: City, charge: Charge) -> None:
    amount = charge.amount_yuan or Decimal(0)
    first = add_late_fee(city.clerk, charge.pk, until=DUE + timedelta(days=10))
    assert first.amount_yuan == amount * 10 * Decimal("0.001")
    second = add_late_fee(city.clerk, charge.pk, until=DUE + timedelta(days=15))
    assert second.amount_yuan == amount * 5 * Decimal("0.001")
    assert read_derivation(second.derivation).value == amount * 15 * Decimal("0.001")
    assert balance_of(charge, charge.entries.all()).owed == amount * Decimal("1.015")
    assert Event.objects.filter(action="charge.late_fee_added").count() == 2
    assert _refused(city, charge, DUE + timedelta(days=15)) == "charges.no_late_fee"


def test_a_payment_in_time_or_a_day_ahead_bears_none(city: City, charge: Charge) -> None:
    assert _refused(city, charge, DUE) == "charges.no_late_fee"
    assert _refused(city, charge, date(2099, 1, 1)) == "charges.day_in_future"
    record_payment(city.clerk, charge.pk, Paid(amount=charge.amount_yuan or Decimal(0), on=DUE, receipt="1"))
    assert late_fee_of(charge, DUE + timedelta(days=30)).value == 0


def test_a_rule_that_nobody_checked_adds_nothing(
    city: City, charge: Charge, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_book(monkeypatch, book(unchecked="charges/late_fee"))
    assert _refused(city, charge, DUE + timedelta(days=3)) == "charges.run_is_trial"


def test_a_fee_without_a_cap_of_its_own_ends_at_the_principal(city: City, charge: Charge) -> None:
    before, after = (late_fee_of(charge, DUE + timedelta(days=days)) for days in (1000, 1001))
    assert before.value == after.value == charge.amount_yuan  # 1 per mille a day
    assert [each.name for each in after.steps if each.name == "late_fee_capped"] == ["late_fee_capped"]
    assert "late_fee_capped" not in [each.name for each in before.steps]
    assert not after.is_trial


def test_without_a_local_rule_there_is_no_late_fee(
    city: City, charge: Charge, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = shipped_rulebook()["charges/late_fee"].values
    use_book(
        monkeypatch,
        Rulebook({**book(), "charges/late_fee": replace(book()["charges/late_fee"], values=shipped)}),
    )
    assert _refused(city, charge, DUE + timedelta(days=3)) == "charges.no_rule"
