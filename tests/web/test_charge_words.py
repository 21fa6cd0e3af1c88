"""Amounts, citations and findings of charges as pages say them; what is not known is nothing, never 0."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from shuiheng.kernel.citation import Citation
from shuiheng.web.templatetags.charge_words import (
    charge_finding,
    charge_word,
    cited,
    cubic,
    origin,
    rule_address,
    yuan,
)

CITATION = Citation(
    rule="charges/late_fee",
    area="",
    since=date(1989, 1, 1),
    source="cn-reg-urban-1988",
    clause="第十八条",
)


@pytest.mark.parametrize(
    ("amount", "shown"), [(None, ""), (Decimal("0"), "0.00"), (Decimal("-1234.5"), "-1,234.50")]
)
def test_money_has_two_places_and_none_is_nothing(amount: Decimal | None, shown: str) -> None:
    assert yuan(amount) == shown


@pytest.mark.parametrize(
    ("volume", "shown"), [(None, ""), (Decimal("0.000"), "0"), (Decimal("1200.500"), "1,200.5")]
)
def test_cubic_metres_have_no_idle_zeros(volume: Decimal | None, shown: str) -> None:
    assert cubic(volume) == shown


def test_a_citation_has_the_title_of_its_source_and_the_page_of_its_rule() -> None:
    found = cited(CITATION)
    assert found is not None
    assert found.title not in ("", CITATION.source)
    assert (found.clause, found.is_binding) == ("第十八条", False)
    assert found.address == rule_address("charges/late_fee")
    assert "late_fee" in found.address
    assert rule_address("norms/x/y") == ""
    assert cited(None) is None


def test_a_finding_names_figures_in_words() -> None:
    kept = {"code": "charges.figure_unusable", "values": {"user": "000001", "figure": "norm_volume"}}
    assert "定额水量" in charge_finding(kept).says
    with translation.override("en"):
        assert "Volume by norm" in charge_finding(kept).says


def test_codes_and_origins_have_words() -> None:
    assert charge_word("over_plan", "kind") == "超计划用水加价"
    assert origin("source:12:2026-03") == "水源结算水量 2026-03"
    assert origin("charge:7") == "费用 7"
    assert origin("typed") == "自行填写"
