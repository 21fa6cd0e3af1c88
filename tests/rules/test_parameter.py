"""Dated values: what they may carry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shuiheng.rules.parameter import Check, DatedValue, Mark

DAY = date(2026, 5, 4)


def value(mark: Mark, check: Check | None) -> DatedValue:
    return DatedValue(
        rule="charges/late_fee",
        area="9901",
        valid_from=DAY,
        value=Decimal("0.005"),
        source="some-law",
        clause="第三条",
        mark=mark,
        check=check,
        recorded_on=DAY,
    )


@pytest.mark.parametrize("mark", list(Mark))
@pytest.mark.parametrize("check", [None, Check(by="王某", on=DAY)])
def test_a_charge_may_rest_only_on_what_was_found_and_checked(mark: Mark, check: Check | None) -> None:
    made = value(mark, check)
    assert made.is_binding is (mark is Mark.FOUND and check is not None)
    assert made.citation.is_binding is made.is_binding
    assert made.citation.is_checked is (check is not None)


def test_a_citation_says_where_the_value_stands() -> None:
    cited = value(Mark.FOUND, None).citation
    assert (cited.rule, cited.area, cited.since) == ("charges/late_fee", "9901", DAY)
    assert (cited.source, cited.clause) == ("some-law", "第三条")
