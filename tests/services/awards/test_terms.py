"""Terms are kept as data and read back; those by which nothing can be decided are refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from services.awards.made_up import FIXED, OF_INDUSTRY, SAVED_5, irrigation
from shuiheng.adapters.records.models import SchemeKind
from shuiheng.services.awards.terms import AmountMode, Terms, read_terms, refuse_unusable_terms
from shuiheng.services.errors import ServiceError

SHARE = Terms(mode=AmountMode.SHARE, share=Decimal("0.3"), most=Decimal("99.99"), use_year=2025)


@pytest.mark.parametrize(
    "terms", [FIXED, SHARE, irrigation(), replace(FIXED, conditions=(SAVED_5, OF_INDUSTRY))]
)
def test_terms_are_read_back_exactly(terms: Terms) -> None:
    assert read_terms(terms.as_json()) == terms


@pytest.mark.parametrize("share", ["0.0001", "1"])
def test_a_share_lies_above_nothing_and_reaches_the_whole(share: str) -> None:
    refuse_unusable_terms(SchemeKind.SUBSIDY, replace(SHARE, share=Decimal(share)))


@pytest.mark.parametrize(("share", "most"), [("0", "1"), ("1.0001", "1"), ("0.3", "0"), ("0.3", "-1")])
def test_shares_and_caps_outside_are_refused(share: str, most: str) -> None:
    terms = replace(SHARE, share=Decimal(share), most=Decimal(most))
    with pytest.raises(ServiceError, match=r"awards\.terms_unusable"):
        refuse_unusable_terms(SchemeKind.SUBSIDY, terms)
