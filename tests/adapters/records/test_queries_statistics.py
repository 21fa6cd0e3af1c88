"""What stands, what waits and what stands beside it; units by their kind."""

from __future__ import annotations

from decimal import Decimal

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Organisation, OrganisationKind, Role, Statistic
from shuiheng.adapters.records.queries_statistics import (
    confirmed_beside,
    history_of_fact,
    last_year_of,
    missing_facts,
    standing_statistics,
    units_of_kinds,
    waiting_statistics,
)
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Account:
    """Who enters and looks."""
    return make_account("clerk", Role.OFFICE_CLERK)


def _enter(clerk: Account, value: int) -> Statistic:
    fields = StatisticFields(fact="use_total", year=2024, value=Decimal(value), source="年鉴")
    return enter_statistics(clerk, the_office().place_id, [fields])[0]


def test_what_waits_stands_beside_what_is_confirmed(clerk: Account) -> None:
    first = _enter(clerk, 1)
    decide_statistics(make_account("second", Role.OFFICE_REVIEWER), [first.pk], is_confirmed=True)
    second = _enter(clerk, 2)
    seen, place = sight(clerk, Action.FIGURES_LOOK), the_office().place_id
    assert {row.pk for row in standing_statistics(seen, [place])} == {first.pk, second.pk}
    waiting = list(waiting_statistics(seen))
    assert [row.pk for row in waiting] == [second.pk]
    assert {key: row.pk for key, row in confirmed_beside(seen, waiting).items()} == {second.pk: first.pk}
    assert [row.pk for row in history_of_fact(seen, place, "use_total")] == [second.pk, first.pk]
    assert last_year_of(seen, [place]) == 2024


def test_of_nothing_there_is_no_last_year_and_nothing_missing(clerk: Account) -> None:
    seen = sight(clerk, Action.FIGURES_LOOK)
    assert last_year_of(seen, [the_office().place_id]) is None
    assert missing_facts(seen, the_office().place_id, ["use_total"]) == []


def test_units_are_found_by_their_kind(clerk: Account) -> None:
    unit = Organisation.objects.create(
        place=the_office().place, name="统计局", kind=OrganisationKind.DEPARTMENT, term="statistics"
    )
    seen = sight(clerk, Action.ORGANISATIONS_LOOK)
    assert units_of_kinds(seen, unit.place_id, ["statistics", "sport"]) == {"statistics": [unit]}
