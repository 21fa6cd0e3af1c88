"""Each source of a user is an account of its own; a meter without a source leaves its past open."""

from __future__ import annotations

import pytest

from office import the_office
from services.allowances.planned_city import PlannedCity, planned_city
from services.ledger.used_city import add_entrance, add_kind, settle
from shuiheng.adapters.records.models import Account, AllowanceRound, SourceKind
from shuiheng.services.allowances.account_rows import AccountRow, account_rows, told_of
from shuiheng.services.allowances.open_round import open_round
from shuiheng.services.allowances.taken_water import past_water
from shuiheng.services.allowances.year_ledger import read_ledger
from shuiheng.services.allowances.year_rules import year_rules
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
YEARS = (2023, 2024, 2025)


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def _rows(city: PlannedCity, round_: AllowanceRound) -> list[AccountRow]:
    seen = sight(city.clerk, Action.ALLOWANCES_LOOK)
    water = past_water(seen, round_.place, YEARS)
    rule = year_rules(round_.place, round_.year).by_source
    told = told_of(seen, round_, years=YEARS, water=water, by_source=rule)
    ledger = read_ledger(the_office().place, round_.opened_at.date())
    return account_rows(ledger.users[city.mill.pk], told)


def test_each_source_has_its_own_past(city: PlannedCity) -> None:
    river = add_kind(city.clerk, city.mill, SourceKind.ABSTRACTION)
    settle(add_entrance(city.clerk, city.mill, river), 2025, dict.fromkeys(range(1, 13), 50))
    tap, own = _rows(city, open_round(city.clerk, city.place, year=2026))
    assert [past.m3 for past in tap.past] == [12_000] * 3
    assert [past.m3 for past in own.past] == [None, None, 600]
    assert (own.inputs.has_permit, own.inputs.permit_m3, tap.inputs.has_permit) == (True, None, False)
    assert own.key == f"{city.mill.pk}/{river.pk}"


def test_a_meter_without_a_source_counts_for_the_only_one_and_else_leaves_all_open(city: PlannedCity) -> None:
    settle(add_entrance(city.clerk, city.mill, None), 2025, dict.fromkeys(range(1, 13), 50))
    round_ = open_round(city.clerk, city.place, year=2026)
    (tap,) = _rows(city, round_)
    assert tap.past[-1].m3 == 12_600 and not tap.is_unlinked
    add_kind(city.clerk, city.mill, SourceKind.ABSTRACTION)
    rows = _rows(city, round_)
    assert [row.is_unlinked for row in rows] == [True, True] and not any(row.past for row in rows)


def test_the_norm_of_a_user_is_shared_over_its_sources_as_their_use_was(city: PlannedCity) -> None:
    river = add_kind(city.clerk, city.mill, SourceKind.ABSTRACTION)
    settle(add_entrance(city.clerk, city.mill, river), 2025, dict.fromkeys(range(1, 13), 250))
    round_ = open_round(city.clerk, city.place, year=2026)
    shares = [row.inputs.source_share for row in _rows(city, round_)]
    assert [(each.part, each.whole) for each in shares if each is not None] == [
        (12_000, 15_000),
        (3_000, 15_000),
    ]
    settle(add_entrance(city.clerk, city.mill, None), 2025, dict.fromkeys(range(1, 13), 50))
    unknown = [row.inputs.source_share for row in _rows(city, round_)]
    assert [each.part for each in unknown if each is not None] == [None] * 2
