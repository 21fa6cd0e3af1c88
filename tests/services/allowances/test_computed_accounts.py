"""Shares add up to the cap, hand-set accounts keep theirs, and every fault is told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.allowances.some_method import years_method
from shuiheng.allowances.cuts import SAVED_WATER, CutsRule
from shuiheng.allowances.model import Account, AllowanceInputs, YearUse
from shuiheng.allowances.shortage import Cap, SharingRule, Way
from shuiheng.services.allowances.account_rows import AccountRow
from shuiheng.services.allowances.computed_accounts import (
    ComputedAccount,
    computed_year,
    month_split,
)
from shuiheng.services.allowances.year_ledger import LedgerSource, LedgerUser
from shuiheng.services.allowances.year_rules import YearRules

SHARING = SharingRule(way=Way.PROPORTIONAL, step_m3=Decimal(1))


def _row(key: int, use: int | None, *, by_hand: int | None = None, permit: int | None = None) -> AccountRow:
    source = LedgerSource(key=key, number="1", kind="supply", water="tap")
    user = LedgerUser(key=key, name=f"user {key}", use_class="industry", district="东区", industry="")
    inputs = AllowanceInputs(
        account=Account(user=str(key), source=str(key), year=2026),
        uses=(YearUse(year=2025, m3=None if use is None else Decimal(use)),),
        permit_m3=None if permit is None else Decimal(permit),
    )
    hand = None if by_hand is None else Decimal(by_hand)
    return AccountRow(user=user, source=source, inputs=inputs, by_hand_m3=hand)


@given(uses=st.lists(st.integers(0, 10_000), min_size=1, max_size=20), cap=st.integers(0, 100_000))
def test_the_sum_is_the_cap_or_all_that_is_asked_and_months_are_the_year(uses: list[int], cap: int) -> None:
    rows = [_row(key, use) for key, use in enumerate(uses, 1)]
    rules = YearRules(method=years_method(), sharing=SHARING)
    computed = computed_year(rows, rules=rules, caps=[Cap(m3=Decimal(cap))])
    volumes = [one.volume_m3 for one in computed.accounts]
    assert sum(volume or 0 for volume in volumes) == min(sum(uses), cap)
    for one in computed.accounts:
        assert one.split is not None and sum(one.split.months) == one.volume_m3
        assert one.derivation is not None and one.derivation.value == one.volume_m3


def test_a_hand_set_account_keeps_its_own_and_an_unknown_one_has_none() -> None:
    rows = [_row(1, 100), _row(2, 100, by_hand=90), _row(3, None)]
    rules = YearRules(method=years_method(), sharing=SHARING)
    computed = computed_year(rows, rules=rules, caps=[Cap(m3=Decimal(120))])
    assert [one.volume_m3 for one in computed.accounts] == [30, 90, None]
    assert [each.code for each in computed.accounts[2].findings] == ["allowances.inputs_missing"]


def test_what_exceeds_a_permit_or_a_cap_without_a_rule_is_told() -> None:
    rows = [_row(1, 100, permit=99)]
    computed = computed_year(rows, rules=YearRules(method=years_method()), caps=[Cap(m3=Decimal(50))])
    assert [each.code for each in computed.findings] == ["allowances.above_cap", "allowances.no_rule"]
    codes = [each.code for each in computed.accounts[0].findings]
    assert "allowances.above_permit" in codes


def test_without_a_method_nothing_is_computed_and_that_is_said() -> None:
    computed = computed_year([_row(1, 100)], rules=YearRules(), caps=[])
    assert computed.accounts[0].volume_m3 is None
    assert {each.code for each in computed.findings} == {"allowances.no_rule"}


def test_months_without_a_past_are_equal() -> None:
    split = month_split(_row(1, 100), Decimal(120), rules=YearRules())
    assert split.months == (Decimal(10),) * 12


def test_a_volume_between_steps_stays_under_the_cap_that_bars_publication() -> None:
    rows = [_row(1, 55), _row(2, 50, by_hand=52)]
    rules = YearRules(method=years_method(), sharing=replace(SHARING, step_m3=Decimal(10)))
    computed = computed_year(rows, rules=rules, caps=[Cap(m3=Decimal(105))])
    assert [one.volume_m3 for one in computed.accounts] == [50, 52] and computed.findings == ()


def test_shown_saving_keeps_last_years_allowance_before_a_shortage_is_shared() -> None:
    citation = years_method().citation
    assert citation is not None
    cuts = CutsRule(reasons=(), forbidden=(SAVED_WATER,), citation=citation)
    rules = YearRules(method=years_method(), sharing=SHARING, cuts=cuts)
    saver = replace(_row(1, 60), last_allowance_m3=Decimal(100), given={"has_saved": True})
    other = replace(saver, given={})

    def made(row: AccountRow, cap_m3: int) -> ComputedAccount:
        return computed_year([row], rules=rules, caps=[Cap(m3=Decimal(cap_m3))]).accounts[0]

    assert [made(saver, 500).volume_m3, made(other, 500).volume_m3] == [100, 60]
    short = made(saver, 80)
    assert short.volume_m3 == 80
    assert "allowances.cut_for_saving" not in {each.code for each in short.findings}
