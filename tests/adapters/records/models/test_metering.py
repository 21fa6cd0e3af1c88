"""What the database refuses on what follows from readings."""

from __future__ import annotations

import pytest

from access.rows import MOMENT, Rows
from shuiheng.adapters.records.models import (
    CityOutline,
    MemberList,
    MemberRow,
    MeterFiling,
    MeterFinding,
    UseProfile,
)

from .refusals import breaks


def test_a_finding_stands_once_with_a_meter(rows: Rows) -> None:
    row = rows.row(MeterFinding)
    breaks("one_finding_per_mark", lambda: rows.make(MeterFinding, meter=row.meter, mark=row.mark))
    assert rows.make(MeterFinding, meter=row.meter, mark="another").pk


def test_one_filing_of_a_month_stands(rows: Rows) -> None:
    row = rows.row(MeterFiling)
    MeterFiling.objects.filter(pk=row.pk).update(superseded_at=None)
    same = {"meter": row.meter, "month": row.month}
    breaks("one_filing_per_month", lambda: rows.make(MeterFiling, superseded_at=None, **same))
    assert rows.make(MeterFiling, superseded_at=MOMENT, **same).pk


def test_one_adopted_list_of_a_year_stands_and_a_user_is_on_it_once(rows: Rows) -> None:
    row = rows.row(MemberList)
    MemberList.objects.filter(pk=row.pk).update(adopted_at=MOMENT, withdrawn_at=None)
    same = {"place": row.place, "rule": row.rule, "year": row.year, "withdrawn_at": None}
    breaks("one_adopted_list_per_year", lambda: rows.make(MemberList, adopted_at=MOMENT, **same))
    assert rows.make(MemberList, adopted_at=None, **same).pk
    member = rows.row(MemberRow)
    breaks("one_row_per_member", lambda: rows.make(MemberRow, list=member.list, user=member.user))


def test_one_outline_of_a_place_stands(rows: Rows) -> None:
    row = rows.row(CityOutline)
    CityOutline.objects.filter(place=row.place).update(superseded_at=MOMENT)
    assert rows.make(CityOutline, place=row.place, superseded_at=None).pk
    breaks("one_outline_per_place", lambda: rows.make(CityOutline, place=row.place, superseded_at=None))


@pytest.mark.parametrize("table", [UseProfile])
def test_one_profile_stands_per_first_day(rows: Rows, table: type) -> None:
    row = rows.row(table)
    breaks("per_day", lambda: rows.make(table, valid_from=row.valid_from))
    table.objects.filter(pk=row.pk).update(superseded_at=MOMENT)
    assert rows.make(table, valid_from=row.valid_from).pk != row.pk
