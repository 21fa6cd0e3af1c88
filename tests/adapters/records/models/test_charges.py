"""What the database refuses on charges and on money given away."""

from __future__ import annotations

from decimal import Decimal

import pytest

from access.rows import Rows
from shuiheng.adapters.records.models import Account, Charge, ChargeEntry, ChargeEntryKind

from .refusals import breaks

GIVEN_AWAY = (ChargeEntryKind.WAIVER, ChargeEntryKind.REFUND, ChargeEntryKind.REVERSAL)


def test_a_number_is_given_to_one_charge(rows: Rows) -> None:
    row = rows.row(Charge)
    same = {"run": row.run, "user": row.user}
    assert rows.make(Charge, number="甲〔2026〕1号", **same).pk
    breaks("one_charge_per_number", lambda: rows.make(Charge, number="甲〔2026〕1号", **same))
    assert rows.make(Charge, number="", **same).pk != rows.make(Charge, number="", **same).pk


@pytest.mark.parametrize("kind", GIVEN_AWAY)
def test_nobody_releases_what_the_same_person_asked_for(rows: Rows, kind: ChargeEntryKind) -> None:
    row = rows.row(ChargeEntry)
    other = Account.objects.create(username="second", display_name="second")
    same = {"charge": row.charge, "kind": kind, "asked_by": row.asked_by, "amount_yuan": Decimal(1)}
    breaks("two_persons_release", lambda: rows.make(ChargeEntry, released_by=row.asked_by, **same))
    assert rows.make(ChargeEntry, released_by=other, **same).pk
    assert rows.make(ChargeEntry, released_by=None, **same).pk


def test_an_amount_is_never_below_zero(rows: Rows) -> None:
    row = rows.row(ChargeEntry)
    same = {"charge": row.charge, "kind": ChargeEntryKind.PAYMENT, "asked_by": row.asked_by}
    breaks("entry_amount_not_negative", lambda: rows.make(ChargeEntry, amount_yuan=Decimal("-0.01"), **same))
