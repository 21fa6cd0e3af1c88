"""What was stated is kept exactly; an amount names the figure that is missing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from services.awards.made_up import FIXED, City, irrigation, use_rate
from shuiheng.adapters.records.models import SchemeKind
from shuiheng.charges.steps import Figure
from shuiheng.charges.subsidy import Metered
from shuiheng.services.awards.award_amount import Given, award_amount, read_given
from shuiheng.services.awards.terms import AmountMode
from shuiheng.services.errors import ServiceError

FIELD = Given(crop="小麦", area_mu=Decimal(100), norm_m3_mu=Decimal(300))


def test_what_was_stated_is_read_back() -> None:
    power = replace(FIELD, metered=Metered.POWER, energy_kwh=Decimal("5800.5"), m3_kwh=Decimal("4.75"))
    assert read_given(power.as_json()) == power
    assert read_given({}) == Given()


@pytest.mark.django_db
def test_each_side_of_the_norm_and_of_the_cap(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_rate(monkeypatch)
    scheme = city.scheme(irrigation(), kind=SchemeKind.IRRIGATION)

    def amount(m3: str) -> Decimal:
        return award_amount(scheme, FIELD, volume=Figure(value=Decimal(m3))).value

    assert [amount(m3) for m3 in ("30000", "29999", "26000", "25999")] == [
        Decimal("0.00"),
        Decimal("0.05"),
        Decimal("200.00"),
        Decimal("200.00"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mode", "field"), [(AmountMode.ASKED, "award_asked"), (AmountMode.SHARE, "award_cost")]
)
def test_a_missing_figure_is_named_and_not_taken_as_nothing(city: City, mode: AmountMode, field: str) -> None:
    scheme = city.scheme(replace(FIXED, mode=mode, share=Decimal("0.3")))
    with pytest.raises(ServiceError) as refused:
        award_amount(scheme, Given(), volume=None)
    assert (refused.value.code, refused.value.values["field"]) == ("awards.unknown_figure", field)


@pytest.mark.django_db
def test_without_a_rate_the_year_is_named(city: City) -> None:
    scheme = city.scheme(irrigation(), kind=SchemeKind.IRRIGATION)
    with pytest.raises(ServiceError) as refused:
        award_amount(scheme, FIELD, volume=Figure(value=Decimal(1)))
    assert (refused.value.code, refused.value.values) == ("awards.no_rule", {"year": "2025"})
