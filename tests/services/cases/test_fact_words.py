"""Where facts come from, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shuiheng.services.allowances.taken_water import PastYear
from shuiheng.services.cases.fact_words import is_estimated, of_ledger, of_year


def _year(m3: Decimal | None, *, estimated: float | None = None, missing: float | None = None) -> PastYear:
    return PastYear(
        year=2025, m3=m3, measured=None, estimated=estimated, missing=missing, months=(None,) * 12
    )


def test_the_ledger_is_named_with_the_day() -> None:
    assert of_ledger("公共机构", date(2024, 1, 1)) == "用水户台账：公共机构，自2024-01-01起"


def test_a_year_says_how_much_of_it_is_estimated_or_missing() -> None:
    assert of_year(_year(Decimal(5))) == "计量数据2025年"
    assert of_year(_year(Decimal(5), estimated=0.032)) == "计量数据2025年，估算占3.2%"
    assert of_year(_year(None, missing=0.4)) == "计量数据2025年：不足以得出全年水量，缺测40.0%"
    assert of_year(None) == "没有计量数据"


def test_only_an_estimate_makes_a_year_estimated() -> None:
    assert is_estimated(_year(Decimal(5), estimated=0.01))
    assert not is_estimated(_year(Decimal(5), estimated=0.0))
    assert not is_estimated(None)
