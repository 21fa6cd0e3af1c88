"""Figures of allowances keep all their digits; findings and rules are said in words, never as ids."""

from __future__ import annotations

from decimal import Decimal

from django.utils import translation

from shuiheng.web.templatetags.allowance_words import (
    cubic,
    derivation_of,
    percent_field,
    rate_percent,
    ratio_percent,
    rule_name,
    said_finding,
    signed_cubic,
    typed_cubic,
)


def test_volumes_keep_their_digits_and_unknown_ones_are_nothing() -> None:
    assert cubic(Decimal("12345.500")) == "12,345.5" and cubic("1E+3") == "1,000"
    assert cubic(None) == typed_cubic(None) == "" and cubic(Decimal(0)) == "0"
    assert signed_cubic(5) == "+5" and signed_cubic(-5) == "-5" and signed_cubic(0) == "0"
    assert typed_cubic(Decimal("12345.500")) == "12345.5"


def test_ratios_are_percent() -> None:
    assert (rate_percent("0.9321"), rate_percent(None)) == ("93.2 %", "")
    assert (ratio_percent(0.0001), ratio_percent(1)) == ("<1 %", "100 %")
    assert percent_field("0.125") == "12.5" and percent_field(None) == ""


def test_a_finding_names_the_user_what_is_missing_and_the_cap() -> None:
    missing = {
        "code": "allowances.inputs_missing",
        "values": {"account": "7/8/2026", "missing": "year_use, norm"},
    }
    with translation.override("zh-hans"):
        said = said_finding(missing, "青禾印染厂").says
        assert "青禾印染厂" in said and "年用水量" in said and "year_use" not in said
        cap = {"code": "allowances.above_cap", "values": {"cap": "industry", "total_m3": "2", "cap_m3": "1"}}
        assert "工业" in said_finding(cap).says


def test_rules_have_names_and_norms_have_none() -> None:
    with translation.override("zh-hans"):
        assert rule_name("allowances/method") == "用水计划核定方法"
    assert rule_name("norms/x/y") == "norms/x/y"


def test_what_is_no_derivation_is_none() -> None:
    assert derivation_of({}) is None
