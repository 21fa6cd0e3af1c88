"""A user proposes months for a year; a later proposal replaces it, and its shape is that of the months."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.allowances.planned_city import PlannedCity, compute, planned_city, published_round
from shuiheng.adapters.records.models import Account, AllowanceProposal
from shuiheng.services.allowances.open_round import open_round
from shuiheng.services.allowances.propose_allowance import (
    ProposalFields,
    last_year_of,
    propose_allowance,
    rounds_for_proposals,
)
from shuiheng.services.errors import NotThereError, ServiceError, WrongStateError
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def _fields(*months: int) -> ProposalFields:
    return ProposalFields(months=[Decimal(each) for each in months], reason="扩产")


def test_a_later_proposal_replaces_it_and_gives_the_months_their_shape(city: PlannedCity) -> None:
    round_, filer = open_round(city.clerk, city.place, year=2026), city.filer(city.mill)
    source = city.mill.sources.get()
    propose_allowance(filer, round_.pk, city.mill.pk, source.pk, _fields(*[1] * 12))
    row = propose_allowance(filer, round_.pk, city.mill.pk, source.pk, _fields(*[1000] * 11, 13_000))
    assert row.volume_m3 == 24_000
    assert AllowanceProposal.objects.filter(superseded_at__isnull=True).get() == row
    compute(city, round_)
    mill = city.allowance(city.mill)
    assert (mill.split, mill.months[0], mill.months[11]) == ("own", "500", "6500")


def test_what_is_no_proposal_is_refused(city: PlannedCity) -> None:
    round_, filer = open_round(city.clerk, city.place, year=2026), city.filer(city.mill)
    source = city.mill.sources.get()
    for months in ([1] * 11, [-1] + [1] * 11):
        with pytest.raises(ServiceError) as error:
            propose_allowance(filer, round_.pk, city.mill.pk, source.pk, _fields(*months))
        assert error.value.code == "allowances.bad_split"
    with pytest.raises(NotThereError):
        propose_allowance(filer, round_.pk, city.school.pk, None, _fields(*[1] * 12))
    with pytest.raises(NotThereError):
        propose_allowance(filer, 0, city.mill.pk, source.pk, _fields(*[1] * 12))


def test_a_published_plan_takes_no_proposals(city: PlannedCity) -> None:
    round_ = published_round(city)
    filer, source = city.filer(city.mill), city.mill.sources.get()
    assert rounds_for_proposals([city.mill]) == []
    with pytest.raises(WrongStateError):
        propose_allowance(filer, round_.pk, city.mill.pk, source.pk, _fields(*[1] * 12))


def test_a_form_is_filled_from_the_last_whole_year(city: PlannedCity) -> None:
    seen = sight(city.filer(city.mill), Action.ALLOWANCES_ASK)
    last = last_year_of(seen, city.mill, city.mill.sources.get(), 2027)
    assert (last.year, last.m3, last.months[0]) == (2025, 12_000, 1000)
