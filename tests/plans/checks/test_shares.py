"""Shares must add up to their total."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.checks.faulty import Case, share_above, shares
from plans.made import count, document_of, plan_of, task
from shuiheng.kernel import Severity
from shuiheng.plans import Operator

CODE = "plans.shares_do_not_add"


def test_shares_that_add_up_give_nothing() -> None:
    assert shares().findings(CODE) == ()


def test_too_many_shares_contradict_the_total_and_too_few_may_be_an_open_list() -> None:
    assert [each.severity for each in shares(first=6).findings(CODE)] == [Severity.WARN]
    assert [each.severity for each in shares(first=4).findings(CODE)] == [Severity.NOTE]
    assert shares(first=6).findings(CODE)[0].evidence == "6+7=13≠12家"


@pytest.mark.parametrize(
    ("op", "first", "is_silent"),
    [
        (Operator.AT_LEAST, 6, True),
        (Operator.AT_LEAST, 4, False),
        (Operator.AT_MOST, 4, True),
        (Operator.AT_MOST, 6, False),
    ],
)
def test_shares_above_a_minimum_or_below_a_cap_agree_with_it(
    op: Operator, first: int, is_silent: bool
) -> None:
    assert (shares(first=first, op=op).findings(CODE) == ()) is is_silent


def _three_levels(stated: int) -> Case:
    """Nine in all, provincial ones stated, and three districts that say it in three ways."""
    words = (
        f"建成节水型企业9家，其中省级节水型企业{stated}家。甲区2家（省级）、乙区4家（其中省级1家）、丙区3家。"
    )
    document = document_of(words)
    owner = task(document, words)
    return Case(
        plan_of(
            owner,
            count(document, "建成节水型企业9家", "节水型企业", 9, number=1, of=owner),
            count(document, f"省级节水型企业{stated}家", "省级节水型企业", stated, number=2, of=owner),
            count(document, "甲区2家（省级）", "节水型企业（省级）", 2, number=3, of=owner, scope="甲区"),
            count(document, "乙区4家", "节水型企业", 4, number=4, of=owner, scope="乙区"),
            count(document, "省级1家", "省级节水型企业", 1, number=5, of=owner, scope="乙区"),
            count(document, "丙区3家", "节水型企业", 3, number=6, of=owner, scope="丙区"),
        ),
        document,
    )


def test_a_district_that_states_its_provincial_part_only_counts_in_both_sums() -> None:
    assert _three_levels(3).findings(CODE) == ()
    assert [each.evidence for each in _three_levels(2).findings(CODE)] == ["2+1=3≠2家"]


def test_a_level_in_brackets_does_not_reach_the_next_district() -> None:
    case = _three_levels(3)
    carried = tuple(
        replace(each, metric="节水型企业（省级）") if each.scope and "省级" not in each.quote else each
        for each in case.plan.targets
    )
    assert replace(case, plan=replace(case.plan, targets=carried)).findings(CODE) == ()


def test_a_district_is_no_share_of_another_district() -> None:
    case = shares(first=5)
    total, first, second = case.plan.targets
    linked = (total, first, replace(second, part_of=first.id))
    assert replace(case, plan=replace(case.plan, targets=linked)).findings("plans.share_above_total") == ()


def test_the_citys_own_part_and_collective_scopes_are_no_district() -> None:
    case = shares()
    for scope in ("市", "市本级", "各区", "每个乡镇"):
        extra = replace(case.plan.targets[2], id="900-T09", scope=scope)
        assert (
            replace(case, plan=replace(case.plan, targets=(*case.plan.targets, extra))).findings(CODE) == ()
        )


def test_rates_are_never_added() -> None:
    case = shares(first=6)
    rates = tuple(replace(each, unit="%") for each in case.plan.targets)
    assert replace(case, plan=replace(case.plan, targets=rates)).findings(CODE) == ()


def test_one_share_alone_is_no_breakdown() -> None:
    case = shares(first=6)
    assert replace(case, plan=replace(case.plan, targets=case.plan.targets[:2])).findings(CODE) == ()


def test_a_share_up_to_its_total_is_fine() -> None:
    case = share_above()
    whole, part = case.plan.targets
    equal = replace(case.plan, targets=(whole, replace(part, value=Decimal(10))))
    assert replace(case, plan=equal).findings("plans.share_above_total") == ()
    least = replace(case.plan, targets=(replace(whole, op=Operator.AT_LEAST), part))
    assert replace(case, plan=least).findings("plans.share_above_total") == ()


@given(st.lists(st.integers(1, 50), min_size=2, max_size=9), st.integers(-3, 3))
def test_only_a_wrong_sum_is_found(parts: list[int], error: int) -> None:
    total = sum(parts) + error
    words = f"共建成小区{total}个：" + "、".join(f"第{i}区{n}个" for i, n in enumerate(parts)) + "。"
    document = document_of(words)
    owner = task(document, words)
    whole = count(document, f"共建成小区{total}个", "小区", total, unit="个", number=1, of=owner)
    made = [
        count(document, f"第{i}区{n}个", "小区", n, unit="个", number=i + 2, of=owner, scope=f"第{i}区")
        for i, n in enumerate(parts)
    ]
    assert bool(Case(plan_of(owner, whole, *made), document).findings(CODE)) is (error != 0)
