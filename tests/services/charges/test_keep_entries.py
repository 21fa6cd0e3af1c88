"""Money that is given away takes two persons, and never more than was paid or is owed."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.charges.made_up import Callbacks, City
from shuiheng.adapters.records.models import Account, Charge, ChargeEntryKind, Event, Role
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.services.allowances.keep_user_document import UploadedFile
from shuiheng.services.charges.balance import balance_of
from shuiheng.services.charges.keep_entries import (
    AskedBack,
    Paid,
    amount_from,
    ask_back,
    record_payment,
    reject,
    release,
)
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import join

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
WAIVER, REFUND, REVERSAL = ChargeEntryKind.WAIVER, ChargeEntryKind.REFUND, ChargeEntryKind.REVERSAL


@pytest.fixture
def charge(city: City, django_capture_on_commit_callbacks: Callbacks) -> Charge:
    """An issued charge of 120.00 yuan."""
    city.user("印染厂", litres={3: 120_000})
    return city.issued(django_capture_on_commit_callbacks)


def _pay(city: City, charge: Charge, amount: str) -> None:
    record_payment(city.clerk, charge.pk, Paid(amount=Decimal(amount), on=TODAY(), receipt="0001"))


def _ask(city: City, charge: Charge, kind: ChargeEntryKind, amount: str | None) -> int:
    asked = AskedBack(kind=kind, amount=None if amount is None else Decimal(amount), reason="抄表有误")
    return ask_back(city.clerk, charge.pk, asked).pk


def _code(work: object, *args: object, **named: object) -> str:
    with pytest.raises(ServiceError) as refused:
        work(*args, **named)  # type: ignore[operator]  # any service
    return refused.value.code


def test_a_refund_moves_nothing_until_another_person_releases_it(city: City, charge: Charge) -> None:
    _pay(city, charge, "120.00")
    entry = _ask(city, charge, REFUND, "40.00")
    balance = balance_of(charge, charge.entries.all())
    assert (balance.refunded, balance.may_be_refunded) == (0, Decimal("80.00"))
    join(city.clerk, city.metered.keeper, Role.OFFICE_REVIEWER)
    assert _code(release, city.clerk, entry) == "charges.own_entry"
    released = release(city.reviewer, entry, note="已核实")
    assert (released.state, released.released_by) == ("released", city.reviewer)
    balance = balance_of(charge, charge.entries.all())
    assert (balance.owed, balance.refunded, balance.collected) == (0, Decimal("40.00"), Decimal("80.00"))
    assert balance.to_collect == balance.collected
    event = Event.objects.get(action="charge.refund_released")
    assert event.after is not None and event.after["amount"] == "40.00"
    assert _code(release, city.reviewer, entry) == "charges.already_decided"


def test_nothing_is_given_back_beyond_what_was_paid_or_waived_beyond_what_is_owed(
    city: City, charge: Charge
) -> None:
    _pay(city, charge, "100.00")
    assert _code(_ask, city, charge, REFUND, "100.01") == "charges.more_than_paid"
    assert _code(_ask, city, charge, WAIVER, "20.01") == "charges.more_than_owed"
    _ask(city, charge, REFUND, "100.00")
    assert _code(_ask, city, charge, REFUND, "0.01") == "charges.more_than_paid"
    _ask(city, charge, WAIVER, "20.00")
    assert _code(_ask, city, charge, WAIVER, "0.01") == "charges.more_than_owed"
    assert _code(_pay, city, charge, "20.01") == "charges.more_than_owed"


def test_a_waiver_that_was_paid_meanwhile_is_not_released(city: City, charge: Charge) -> None:
    entry = _ask(city, charge, WAIVER, "50.00")
    _pay(city, charge, "120.00")
    assert _code(release, city.reviewer, entry) == "charges.more_than_owed"
    assert reject(city.reviewer, entry, note="已缴清").state == "rejected"


def test_a_refusal_needs_a_reason_and_leaves_the_charge_as_it_was(city: City, charge: Charge) -> None:
    entry = _ask(city, charge, WAIVER, "20.00")
    assert _code(reject, city.reviewer, entry, note=" ") == "charges.reason_needed"
    refused = reject(city.reviewer, entry, note="依据不足")
    assert (refused.state, refused.decision, refused.released_by) == ("rejected", "依据不足", None)
    assert balance_of(charge, charge.entries.all()).owed == Decimal("120.00")


def test_a_reversal_is_a_charge_of_its_own_and_what_was_paid_can_be_given_back(
    city: City, charge: Charge
) -> None:
    _pay(city, charge, "120.00")
    entry = _ask(city, charge, REVERSAL, None)
    assert _code(_ask, city, charge, REVERSAL, None) == "charges.reversal_waits"
    release(city.leader, entry)
    charge.refresh_from_db()
    reversal = Charge.objects.get(reverses=charge)
    assert (charge.state, charge.amount_yuan) == ("reversed", Decimal("120.00"))
    assert (reversal.amount_yuan, reversal.state) == (Decimal("-120.00"), "issued")
    assert read_derivation(reversal.derivation).value == Decimal("-120.00")
    assert _code(_pay, city, charge, "1.00") == "charges.not_issued"
    assert _code(_ask, city, reversal, WAIVER, "1.00") == "charges.not_issued"
    release(city.leader, _ask(city, charge, REFUND, "120.00"))
    assert balance_of(charge, charge.entries.all()).collected == 0


def test_a_payment_has_a_day_and_a_receipt(city: City, charge: Charge) -> None:
    paid = {"amount": Decimal(1), "on": TODAY() + timedelta(days=1), "receipt": "1"}
    assert _code(record_payment, city.clerk, charge.pk, Paid(**paid)) == "charges.day_in_future"
    paid |= {"on": date(2026, 1, 1), "receipt": " "}
    assert _code(record_payment, city.clerk, charge.pk, Paid(**paid)) == "charges.receipt_needed"


def test_a_draft_is_not_paid_and_others_have_no_right(
    city: City, charge: Charge, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("乙厂", litres={2: 120_000})
    draft = city.run(django_capture_on_commit_callbacks, month=2).charges.exclude(user=charge.user).get()
    assert _code(_pay, city, draft, "1.00") == "charges.not_issued"
    entry = _ask(city, charge, WAIVER, "20.00")
    with pytest.raises(NotPermittedError):
        release(Account.objects.create(username="ren"), entry)
    with pytest.raises(NotThereError):
        release(city.reviewer, entry + 999)


@pytest.mark.parametrize("text", ["", "0", "-1", "1.001", "1e20", "NaN", "一百"])
def test_what_is_no_amount_in_fen_is_not_read(text: str) -> None:
    assert _code(amount_from, text) == "charges.amount_unread"
    assert amount_from(" 1,234.5 ") == Decimal("1234.50")


def test_a_document_of_a_payment_is_kept_with_its_hash_at_the_user(city: City, charge: Charge) -> None:
    slip = UploadedFile(name="回单.pdf", content=b"%PDF-1.4 slip")
    paid = Paid(amount=Decimal(20), on=TODAY(), receipt="0001", document=slip)
    entry = record_payment(city.clerk, charge.pk, paid)
    assert entry.document is not None
    assert (entry.document.user, entry.document.original_name) == (charge.user, "回单.pdf")
    assert entry.document.sha256 == hashlib.sha256(slip.content).hexdigest()
    asked = AskedBack(kind=ChargeEntryKind.REFUND, amount=Decimal(5), reason="多收", document=slip)
    assert ask_back(city.clerk, charge.pk, asked).document == entry.document  # the same file once
