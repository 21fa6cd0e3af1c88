"""What the database refuses on allowances, their months and warnings."""

from __future__ import annotations

from access.rows import MOMENT, Rows
from shuiheng.adapters.records.models import (
    AllowanceMonth,
    AllowanceProposal,
    AllowanceRound,
    PlannedAllowance,
    RegionalCap,
    UseWarning,
)

from .refusals import breaks


def test_one_cap_of_a_year_stands_for_a_district_and_for_the_city(rows: Rows) -> None:
    row = rows.row(RegionalCap)
    same = {"place": row.place, "year": 2031, "use_class": "", "water_kind": "", "superseded_at": None}
    for name, district in (("one_cap_of_a_district", row.place), ("one_cap_of_a_city", None)):
        assert rows.make(RegionalCap, district=district, **same).pk
        breaks(name, lambda district=district: rows.make(RegionalCap, district=district, **same))
    assert rows.make(RegionalCap, district=None, **same | {"superseded_at": MOMENT}).pk


def test_an_authority_has_one_round_a_year(rows: Rows) -> None:
    row = rows.row(AllowanceRound)
    same = {"place": row.place, "authority": row.authority}
    breaks("one_round_per_year", lambda: rows.make(AllowanceRound, year=row.year, **same))
    assert rows.make(AllowanceRound, year=row.year + 1, **same).pk


def test_one_proposal_stands_for_a_source_and_for_a_whole_user(rows: Rows) -> None:
    row = rows.row(AllowanceProposal)
    AllowanceProposal.objects.filter(pk=row.pk).update(superseded_at=MOMENT)
    same = {"round": row.round, "user": row.user, "superseded_at": None}
    for name, source in (("one_proposal_per_source", row.source), ("one_proposal_per_user", None)):
        assert rows.make(AllowanceProposal, source=source, **same).pk
        breaks(name, lambda source=source: rows.make(AllowanceProposal, source=source, **same))


def test_a_user_has_one_allowance_of_a_round_per_source_or_as_a_whole(rows: Rows) -> None:
    row = rows.row(PlannedAllowance)
    same = {"round": row.round, "user": row.user}
    breaks("one_allowance_per_source", lambda: rows.make(PlannedAllowance, source=row.source, **same))
    assert rows.make(PlannedAllowance, source=None, **same).pk
    breaks("one_allowance_per_user", lambda: rows.make(PlannedAllowance, source=None, **same))


def test_an_entry_changes_a_month_once(rows: Rows) -> None:
    row = rows.row(AllowanceMonth)
    breaks("one_amount_per_month", lambda: rows.make(AllowanceMonth, entry=row.entry, month=row.month))


def test_a_level_is_told_once_for_a_period(rows: Rows) -> None:
    row = rows.row(UseWarning)
    same = {"allowance": row.allowance, "first": row.first, "last": row.last}
    breaks("one_warning_per_level", lambda: rows.make(UseWarning, level=row.level, **same))
    assert rows.make(UseWarning, level="another", **same).pk
