"""Numbers of statistics are shown with all their digits, and what is not known never as 0."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from shuiheng.web.templatetags.statistic_words import exact, fact_name, fact_unit, statistic_word


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("37000.000000"), "37,000"),
        (Decimal("103.200000"), "103.2"),
        (Decimal("0.000001"), "0.000001"),
        (Decimal("0.000000"), "0"),
        ("36800.500000", "36,800.5"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_number_has_all_its_digits_and_no_needless_zeros(value: Decimal | str | None, shown: str) -> None:
    assert exact(value) == shown


def test_facts_and_codes_have_words() -> None:
    with override("zh"):
        assert (fact_name("gdp"), fact_unit("gdp"), fact_unit("normal_year_factor")) == (
            "地区生产总值（现价）",
            "亿元",
            "",
        )
        assert statistic_word("entered", "state") == "待确认"
    assert fact_name("gone") == "gone" and fact_unit("gone") == ""
