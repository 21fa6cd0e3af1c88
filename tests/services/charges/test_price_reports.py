"""A gap of prices is told by day, a narrower one as a finding; a list of households is read line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.charges.made_up import City, book, use_book
from shuiheng.rules.in_force import Rulebook
from shuiheng.services.charges.price_reports import gap_report, litres_of, tier_report
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db


def test_a_gap_that_narrows_is_a_finding(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    made = book()
    rule = made["charges/non_household_price"]
    later = replace(rule.values[0], valid_from=date(2024, 1, 1), value={"all": Decimal(5)})
    use_book(monkeypatch, Rulebook({**made, rule.id: replace(rule, values=(*rule.values, later))}))
    report = gap_report(city.clerk, city.metered.place.pk)
    assert [(gap.since.year, gap.gap.value) for gap in report.gaps] == [(2020, 9), (2024, 7)]
    assert [each.code for each in report.findings] == ["charges.price_gap_narrowed"]


def test_tiers_that_cover_too_few_are_told_with_the_edge_that_would_do(city: City) -> None:
    volumes = "\n".join(str(n) for n in range(1, 21))
    report = tier_report(city.clerk, city.metered.place.pk, on=date(2025, 3, 1), volumes=volumes)
    first, second = report.covers
    assert (first.share, first.is_enough, first.wanted_edge_m3) == (Decimal("0.5"), False, Decimal(16))
    assert second.is_enough
    assert report.households == 20
    assert "charges.tier_covers_too_few" in [each.code for each in report.findings]


def test_a_heading_and_blank_lines_are_left_out_and_a_word_below_is_refused() -> None:
    assert list(litres_of('户号,水量\r\n1,12.5\n\n2,"0"\n')) == [12_500, 0]
    for text, code in (("标题", "charges.no_volumes"), ("1\nx\n", "charges.list_unread")):
        with pytest.raises(ServiceError) as refused:
            litres_of(text)
        assert refused.value.code == code
