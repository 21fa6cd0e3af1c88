"""A decision on an award says who asked for what, on which basis, and what it comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from shuiheng.kernel.derivation import Derived, Step
from shuiheng.kernel.period import Period
from shuiheng.reports.award_decision import DecidedAward, award_decision
from shuiheng.reports.charge_notice import PrintedSteps
from shuiheng.reports.derivation_table import DerivationWords
from shuiheng.reports.model import Report
from shuiheng.reports.signing import Signing

SIGNING = Signing(place="青禾市", signer="青禾市节水办", issued_on=date(2026, 4, 2))
FACTS = DecidedAward(
    key="award:1",
    user="青禾印染厂",
    subject="冷却塔改造",
    scheme="节水改造补助",
    year=2026,
    basis="《青禾市节水奖励办法》第三条",
    is_granted=True,
    amount=Decimal("78000.50"),
    reason="",
    period=Period(date(2026, 1, 1), date(2026, 3, 31)),
    checks=(("用水类别", "为 工业", "工业", "符合"),),
)
STEP = Step(name="award", terms=(), formula="260001.67 × 0.3", value=Decimal("78000.50"), unit="yuan")
STEPS = PrintedSteps(
    derived=Derived(value=STEP.value, unit="yuan", steps=(STEP,)),
    words=DerivationWords(names={"award": "奖补金额"}, units={"yuan": "元"}),
    sources={},
)


def _said(report: Report) -> str:
    return "\n".join(each.text for each in report.opening)


def test_a_granted_award_stands_in_figures_and_in_capital_words() -> None:
    report = award_decision(FACTS, STEPS, SIGNING)
    assert report.title == "关于“冷却塔改造”给予奖补的决定"
    assert "78000.50元（人民币柒万捌仟元伍角整）" in _said(report)
    assert [annex.title for annex in report.annexes] == ["申报条件核对情况", "奖补金额计算过程"]
    (steps,) = report.annexes[1].tables
    assert steps.rows[0][1:4] == ("奖补金额", "260001.67 × 0.3", "78000.50 元")


def test_a_refusal_names_no_amount_and_no_annex_that_is_not_there() -> None:
    facts = replace(FACTS, is_granted=False, amount=None, reason="材料不全", period=None, checks=())
    report = award_decision(facts, None, SIGNING)
    said = _said(report)
    assert "不予奖补" in report.title and "决定不予奖补" in said and "理由：材料不全" in said
    assert report.annexes == () and "附件" not in said and "元" not in said
