"""A notice of a charge says what was used, what is owed, until when, and how the amount came about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step
from shuiheng.kernel.period import Period
from shuiheng.reports.charge_notice import (
    TRIAL,
    ChargeFacts,
    PrintedSteps,
    charge_notice,
    citation_words,
    derivation_document,
)
from shuiheng.reports.derivation_table import DerivationWords
from shuiheng.reports.document_number import DocumentNumber
from shuiheng.reports.errors import UnsayableNumberError
from shuiheng.reports.model import Paragraph, Table
from shuiheng.reports.signing import Signing

FACTS = ChargeFacts(
    key="charge:1",
    name="超计划用水加价水费",
    user="青禾印染厂",
    period=Period(date(2026, 1, 1), date(2026, 3, 31)),
    volume_m3=Decimal("120.5"),
    limit_m3=Decimal(100),
    amount=Decimal("82.00"),
    due_on=date(2026, 5, 1),
)
SIGNING = Signing(
    place="青禾市",
    signer="青禾市节水办",
    issued_on=date(2026, 4, 2),
    document_number=DocumentNumber("青节水", 2026, 7),
)


def _steps(*, is_binding: bool = True) -> PrintedSteps:
    citation = Citation(
        rule="charges/over_plan_ladder",
        area="3701",
        since=date(2020, 1, 1),
        source="made-up",
        clause="第三条",
        is_checked=is_binding,
        is_binding=is_binding,
    )
    step = Step(
        name="surcharge",
        terms=(),
        formula="20.5 × 4",
        value=Decimal("82.00"),
        unit="yuan",
        citation=citation,
    )
    words = DerivationWords(names={"surcharge": "加价水费"}, units={"yuan": "元"})
    return PrintedSteps(
        derived=Derived(value=step.value, unit="yuan", steps=(step,)),
        words=words,
        sources={"made-up": "青禾市节约用水办法"},
    )


def _said(paragraphs: tuple[Paragraph, ...]) -> str:
    return "\n".join(each.text for each in paragraphs)


def _table(tables: tuple[Table, ...]) -> Table:
    (table,) = tables
    return table


def test_the_amount_stands_in_figures_and_in_capital_words() -> None:
    notice = charge_notice(FACTS, _steps(), SIGNING)
    said = _said(notice.opening)
    assert "用水量120.5m³，用水计划100m³，超出20.5m³" in said
    assert "82.00元（人民币捌拾贰元整）" in said
    assert "2026年5月1日前缴纳" in said
    assert (notice.addressees, notice.signer) == (("青禾印染厂",), "青禾市节水办")


def test_what_was_not_exceeded_or_is_not_known_is_not_said() -> None:
    within = ChargeFacts(
        key="charge:1",
        name="水费",
        user="甲",
        period=FACTS.period,
        volume_m3=None,
        limit_m3=Decimal(1),
        amount=Decimal(0),
    )
    said = _said(charge_notice(within, _steps(), SIGNING).opening)
    assert "用水量" not in said
    assert "超出" not in said


def test_each_step_is_printed_with_its_arithmetic_and_its_clause() -> None:
    (annex,) = charge_notice(FACTS, _steps(), SIGNING).annexes
    (row,) = _table(annex.tables).rows
    assert row == ("1", "加价水费", "20.5 × 4", "82.00 元", "《青禾市节约用水办法》第三条")


def test_a_trial_says_so_in_title_words_and_clause() -> None:
    trial = derivation_document(FACTS, _steps(is_binding=False), place="青禾市")
    assert trial.title.startswith(TRIAL)
    assert "仅供试算" in _said(trial.opening)
    (row,) = _table(trial.annexes[0].tables).rows
    assert str(row[4]).endswith("（未核对）")
    assert not derivation_document(FACTS, _steps(), place="青禾市").title.startswith(TRIAL)


def test_estimated_water_is_said_and_a_credit_is_no_notice() -> None:
    estimated = ChargeFacts(
        **{name: getattr(FACTS, name) for name in FACTS.__slots__} | {"is_estimated": True}
    )
    assert "估算" in _said(charge_notice(estimated, _steps(), SIGNING).opening)
    credit = ChargeFacts(**{name: getattr(FACTS, name) for name in FACTS.__slots__} | {"amount": Decimal(-1)})
    with pytest.raises(UnsayableNumberError):
        charge_notice(credit, _steps(), SIGNING)


def test_a_source_without_a_title_is_named_by_its_id() -> None:
    citation = _steps().derived.citations[0]
    assert citation_words(citation, {}) == "made-up第三条"
