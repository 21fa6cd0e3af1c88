"""A notice says the year, each source to the last m³, its months, and until when changes are answered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shuiheng.reports.allowance_notice import AllowanceNotice, NoticedAllowance, allowance_notice
from shuiheng.reports.model import figures_of, tables_of
from shuiheng.reports.signing import Signing

SIGNING = Signing(place="青禾市", signer="青禾市节水办", issued_on=date(2026, 1, 20))


def _notice(**said: object) -> AllowanceNotice:
    months = [Decimal(1000)] * 11 + [Decimal("1000.5")]
    tap = NoticedAllowance(key="allowance:1", source="自来水", year_m3=Decimal("12000.500"), months_m3=months)
    return AllowanceNotice(**({"unit": "青禾印染厂", "year": 2026, "allowances": [tap]} | said))  # type: ignore[arg-type]


def test_the_volume_stands_to_its_last_digit_in_prose_and_table() -> None:
    report = allowance_notice(_notice(), SIGNING)
    assert report.title == "关于下达2026年度用水计划指标的通知" and report.addressees == ("青禾印染厂",)
    assert "自来水12,000.5立方米。" in report.opening[0].text
    (table,) = tables_of(report)
    assert [len(row) for row in table.rows] == [2] * 13
    assert {figure.sources for figure in figures_of(report)} == {("allowance:1",)}


def test_bases_and_days_are_named_only_where_there_are_some() -> None:
    bare = allowance_notice(_notice(), SIGNING)
    assert bare.opening[0].text.startswith("现下达") and "工作日" not in bare.opening[2].text
    said = allowance_notice(_notice(bases=["《青禾市办法》"], answer_workdays=10), SIGNING)
    assert said.opening[0].text.startswith("依据《青禾市办法》，") and "10个工作日" in said.opening[2].text
