"""The ledger is found by words, district and source, as of any day."""

from __future__ import annotations

from datetime import date

import pytest

from access.world import World
from shuiheng.adapters.records.as_of import AsOf
from shuiheng.adapters.records.models import (
    Meter,
    MeterFact,
    Organisation,
    Place,
    Role,
    SourceFact,
    UserFact,
    UserMerge,
    WaterUser,
)
from shuiheng.adapters.records.queries_ledger import (
    LedgerFilter,
    beliefs_of,
    counts_of,
    districts_of,
    ledger_list,
    merges_of,
    meter_page,
    units_for,
    use_classes_of,
    user_page,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
NOW = AsOf(on=date(2026, 5, 1))


def _listed(world: World, role: Role, as_of: AsOf = NOW, **wanted: object) -> set[int]:
    seen = sight(world.accounts[role], Action.LEDGER_LOOK)
    rows = ledger_list(seen, LedgerFilter(**wanted, has_closed=True), as_of)  # type: ignore[arg-type]
    return {row.subject_id for row in rows}


def test_the_office_sees_the_city_and_a_district_its_own_users(world: World) -> None:
    every = {int(rows.row(WaterUser).pk) for rows in world.own.units.values()}
    assert _listed(world, Role.OFFICE_CLERK) == every
    assert _listed(world, Role.DISTRICT_CLERK) == {world.own.row(WaterUser, "r").pk}
    assert _listed(world, Role.ENTERPRISE_FILER) == {world.own.row(WaterUser, "e").pk}
    assert _listed(world, Role.READER) == set()


def test_a_supplier_sees_whom_it_supplies_and_loses_sight_when_it_ends(world: World) -> None:
    user = world.own.row(WaterUser, "s")
    assert _listed(world, Role.SUPPLIER) == {user.pk}
    fact = SourceFact.objects.get(subject__user=user)
    SourceFact.objects.filter(pk=fact.pk).update(superseded_at=fact.recorded_at)
    assert _listed(world, Role.SUPPLIER) == set()
    seen = sight(world.accounts[Role.SUPPLIER], Action.LEDGER_LOOK)
    assert meter_page(seen, int(world.own.row(Meter, "s").pk), NOW) is not None  # it keeps the meter
    assert meter_page(seen, int(world.own.row(Meter, "d").pk), NOW) is None


def test_words_find_by_name_code_and_number_and_filters_narrow(world: World) -> None:
    rows = world.own.units["d"]
    user = rows.row(WaterUser)
    rows.rows.pop(UserFact)
    old = UserFact.objects.get(subject=user)
    UserFact.objects.filter(pk=old.pk).update(superseded_at=old.recorded_at)
    rows.make(UserFact, name="青禾印染厂", initials="qhyrc", credit_code="91330200X", use_class="industry")
    for words in ("印染", "qhyr", "913302", user.number[:8], "青禾 印染"):
        assert user.pk in _listed(world, Role.OFFICE_CLERK, words=words), words
    assert _listed(world, Role.OFFICE_CLERK, words="印染 造纸") == set()
    assert _listed(world, Role.OFFICE_CLERK, use_class="industry") == {user.pk}
    assert user.pk in _listed(world, Role.OFFICE_CLERK, source_kind="abstraction")
    assert _listed(world, Role.OFFICE_CLERK, source_kind="supply") == set()
    assert use_classes_of(sight(world.accounts[Role.OFFICE_CLERK], Action.LEDGER_LOOK))[0] == "industry"


def test_before_its_first_day_a_user_is_not_in_the_ledger(world: World) -> None:
    assert _listed(world, Role.OFFICE_CLERK, AsOf(on=date(2025, 12, 31))) == set()
    before = AsOf(on=date(2026, 5, 1), known_at=UserFact.objects.order_by("recorded_at")[0].recorded_at)
    assert _listed(world, Role.OFFICE_CLERK, before) != set()


def test_the_page_of_a_user_holds_what_belongs_to_it(world: World) -> None:
    seen = sight(world.accounts[Role.OFFICE_CLERK], Action.LEDGER_LOOK)
    user = world.own.row(WaterUser, "d")
    found = user_page(seen, int(user.pk), NOW)
    assert found is not None and found.fact is not None
    for rows in (found.sites, found.sources, found.permits, found.meters, found.activities, found.contacts):
        assert len(rows) == 1
    assert counts_of(seen, [int(user.pk)], NOW) == {user.pk: {"sources": 1, "meters": 1}}
    assert user_page(seen, int(world.other.row(WaterUser).pk), NOW) is None


def test_the_page_of_a_meter_holds_its_events_and_months(world: World) -> None:
    seen = sight(world.accounts[Role.OFFICE_CLERK], Action.LEDGER_LOOK)
    found = meter_page(seen, int(world.own.row(Meter, "d").pk), NOW)
    assert found is not None and isinstance(found.fact, MeterFact)
    assert (len(found.events), len(found.history), len(found.below)) == (1, 1, 0)


def test_choices_are_those_in_sight(world: World) -> None:
    seen = sight(world.accounts[Role.OFFICE_CLERK], Action.LEDGER_LOOK)
    assert world.other.row(WaterUser).city not in districts_of(seen)
    assert {unit.kind for unit in units_for(seen, ["supplier"])} == {"supplier"}


def test_merges_are_those_in_which_a_user_was_kept_or_ended(world: World) -> None:
    seen = sight(world.accounts[Role.OFFICE_CLERK], Action.LEDGER_LOOK)
    merge = world.own.row(UserMerge, "d")
    user = WaterUser.objects.get(pk=merge.kept_id)  # type: ignore[attr-defined]  # a UserMerge
    assert [each.pk for each in merges_of(seen, user)] == [merge.pk]
    assert merges_of(sight(world.accounts[Role.READER], Action.LEDGER_LOOK), user) == []


def test_beliefs_of_a_subject_stand_with_those_that_were_replaced(world: World) -> None:
    seen = sight(world.accounts[Role.OFFICE_CLERK], Action.LEDGER_LOOK)
    fact = UserFact.objects.get(subject=world.own.row(WaterUser, "d").pk)
    UserFact.objects.filter(pk=fact.pk).update(superseded_at=fact.recorded_at)
    assert [each.pk for each in beliefs_of(seen, UserFact, fact.subject_id)] == [fact.pk]
    assert beliefs_of(seen, UserFact, int(world.other.row(WaterUser).pk)) == []


def test_choices_of_a_city_are_of_that_city_and_its_parts(world: World) -> None:
    seen = sight(world.accounts[Role.OFFICE_CLERK], Action.ORGANISATIONS_LOOK)
    city, other = int(world.own.row(Place).pk), int(world.other.row(Place).pk)
    assert world.own.row(Organisation, "r") in units_for(seen, ["district"], city)
    assert units_for(seen, ["district", "supplier"], other) == []
