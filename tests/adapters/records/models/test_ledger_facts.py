"""What the database refuses on dated facts of the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from access.rows import DAY, MOMENT, Rows
from shuiheng.adapters.records.models import (
    ActivityFact,
    ContactFact,
    MeterFact,
    PermitFact,
    SettledMonth,
    SiteFact,
    SourceFact,
    UserFact,
)

from .refusals import breaks

FACTS = (UserFact, SiteFact, SourceFact, PermitFact, MeterFact, ActivityFact, ContactFact)


@pytest.mark.parametrize("table", FACTS)
def test_one_belief_stands_per_first_day_and_an_ended_one_makes_room(rows: Rows, table: type) -> None:
    row = rows.row(table)
    breaks("per_day", lambda: rows.make(table, valid_from=row.valid_from))
    table.objects.filter(pk=row.pk).update(superseded_at=MOMENT)
    assert rows.make(table, valid_from=row.valid_from).pk != row.pk


@pytest.mark.parametrize("table", FACTS)
def test_days_run_forward(rows: Rows, table: type) -> None:
    later = DAY + timedelta(days=9)
    breaks("days_run_forward", lambda: rows.make(table, valid_from=later, valid_to=later))
    assert rows.make(table, valid_from=later, valid_to=later + timedelta(days=1)).pk


def test_a_month_is_settled_once_per_meter(rows: Rows) -> None:
    row = rows.row(SettledMonth)
    breaks("one_month_per_meter", lambda: rows.make(SettledMonth, month=row.month))
