"""The list of cases and its counts: who sees which, by what holds on the day; cards of a board by step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity, bring_on, city, long_ago
from shuiheng.adapters.records.models import Account, CaseHolding, CasePhase, ProgrammeCase, Role
from shuiheng.adapters.records.queries_cases import (
    ORDERS,
    REST,
    CaseFilter,
    board_columns,
    case_list,
    counts_by_district,
    counts_by_kind,
    districts_with_cases,
    holding_on,
    is_late,
    kinds_with_cases,
    one_case,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.found_city import join
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

__all__ = ["city"]
pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = timedelta(days=1)


def _seen(account: Account) -> Sight:
    return sight(account, Action.CASES_LOOK)


def _names(city: CaseCity, **wanted: object) -> list[str]:
    found = case_list(_seen(city.clerk), CaseFilter(**wanted), TODAY())  # type: ignore[arg-type]
    return [row.subject_name for row in found]


def _set(row: ProgrammeCase, **kept: object) -> ProgrammeCase:
    """Let kept columns of a case be so."""
    ProgrammeCase.objects.filter(pk=row.pk).update(**kept)
    row.refresh_from_db()
    return row


def test_a_list_is_filtered_by_each_field(city: CaseCity) -> None:
    compound = city.open("saving_compound", "清河苑", sort="place")
    school = bring_on(city, city.open("saving_school", "一中", subject=city.about(city.user("一中"))))
    assert school.phase == CasePhase.REACHED
    assert _names(city, kind="saving_compound") == _names(city, words="清河") == ["清河苑"]
    assert _names(city, phase="reached") == _names(city, words=school.number) == ["一中"]
    assert _names(city, unit=school.organisation_id) == ["一中"]
    assert _names(city, level=school.reached_level) == ["一中"]
    assert _names(city, district=city.district.pk + 1) == []
    assert _names(city, keys=(compound.pk,)) == ["清河苑"] and _names(city, keys=()) == []
    assert _names(city, steps={"saving_compound": ["apply"]}) == ["清河苑"]
    assert _names(city, steps={"saving_school": ["apply"]}) == _names(city, steps={}) == []


def test_each_order_lists_every_case_and_days_that_are_not_known_come_last(city: CaseCity) -> None:
    late = _set(city.open("saving_compound", "甲苑", sort="place"), due_on=TODAY() - DAY)
    never = _set(city.open("saving_compound", "乙苑", sort="place"), due_on=None)
    soon = _set(city.open("saving_compound", "丙苑", sort="place"), due_on=TODAY() + DAY)
    for order in ORDERS:
        assert len(_names(city, order=order)) == 3
    assert _names(city, order="due") == ["甲苑", "丙苑", "乙苑"]
    assert _names(city, due="late") == ["甲苑"] and _names(city, due="soon") == ["丙苑"]
    assert [is_late(row, TODAY()) for row in (late, never, soon)] == [True, False, False]


@pytest.mark.parametrize(
    ("kept", "holding"),
    [
        ({}, "valid"),
        ({"valid_until": -1}, "expired"),
        ({"valid_until": 0}, "valid"),
        ({"valid_until": -1, "holding": CaseHolding.AT_RISK}, "expired"),
        ({"holding": CaseHolding.AT_RISK, "recheck_on": -1}, "at_risk"),
        ({"recheck_on": -1}, "recheck_due"),
        ({"recheck_on": 0}, "valid"),
        ({"phase": CasePhase.REVOKED}, "revoked"),
        ({"phase": CasePhase.REFUSED}, "not_reached"),
    ],
)
def test_how_a_result_holds_is_told_and_filtered_alike(
    city: CaseCity, kept: dict[str, object], holding: str
) -> None:
    row = city.open("saving_compound", "甲苑", sort="place")
    if holding != "not_reached":
        _set(row, phase=CasePhase.REACHED, reached_on=long_ago(), holding=CaseHolding.VALID)
    days = {name: TODAY() + value * DAY for name, value in kept.items() if isinstance(value, int)}
    _set(row, **(kept | days))
    assert holding_on(row, TODAY()) == holding
    assert [each for each in CaseHolding.values if _names(city, holding=each)] == [holding]


def test_counts_of_kinds_and_districts_add_up_to_the_list(city: CaseCity) -> None:
    other = city.metered.districts[1]
    bring_on(city, city.open("saving_compound", "甲苑", sort="place"))
    city.open("saving_compound", "乙苑", sort="place", district=other.pk)
    risky = bring_on(city, city.open("saving_compound", "丙苑", sort="place"))
    _set(risky, holding=CaseHolding.AT_RISK, valid_until=None)
    by_kind = counts_by_kind(_seen(city.clerk), CaseFilter(), TODAY())
    by_district = counts_by_district(_seen(city.clerk), CaseFilter(), TODAY())
    assert list(by_kind) == kinds_with_cases(_seen(city.clerk)) == ["saving_compound"]
    counts = by_kind["saving_compound"]
    assert (counts.planned, counts.reached, counts.at_risk, counts.total) == (1, 2, 1, 3)
    assert {key: each.total for key, each in by_district.items()} == {city.district.pk: 2, other.pk: 1}
    assert [place.pk for place in districts_with_cases(_seen(city.clerk))] == sorted(by_district)


def test_a_board_has_each_running_case_in_the_column_of_its_next_step(city: CaseCity) -> None:
    first = city.open("saving_compound", "甲苑", sort="place")
    bring_on(city, city.open("saving_compound", "乙苑", sort="place"), until="apply")
    bring_on(city, city.open("saving_compound", "丙苑", sort="place"))
    _set(city.open("saving_compound", "丁苑", sort="place"), open_steps=["gone"])
    _set(city.open("saving_compound", "戊苑", sort="place"), phase=CasePhase.WITHDRAWN, open_steps=[])
    steps = [step.id for step in kind_of(first).steps]
    wanted = CaseFilter(kind="saving_compound")
    columns = board_columns(_seen(city.clerk), wanted, steps, TODAY(), most=1)
    assert [column.step for column in columns] == [*steps, REST, ""]
    held = {column.step: [row.subject_name for row in column.cards] for column in columns if column.count}
    assert held == {"apply": ["甲苑"], "review": ["乙苑"], REST: ["丁苑"], "": ["丙苑"]}


def test_a_column_shows_what_is_due_first_and_counts_all(city: CaseCity) -> None:
    for place, name in enumerate(("甲苑", "乙苑", "丙苑")):
        _set(city.open("saving_compound", name, sort="place"), due_on=TODAY() - place * DAY)
    columns = board_columns(_seen(city.clerk), CaseFilter(kind="saving_compound"), ["apply"], TODAY(), most=2)
    assert columns[0].count == 3 and [row.subject_name for row in columns[0].cards] == ["丙苑", "乙苑"]


def test_a_unit_sees_its_own_cases_only(city: CaseCity) -> None:
    user = city.user("一中")
    own = city.open("saving_school", "一中", subject=city.about(user))
    other = city.open("saving_school", "二中")
    filer = Account.objects.create(username="filer")
    join(filer, user.organisation, Role.ENTERPRISE_FILER)
    assert [row.pk for row in case_list(_seen(filer), CaseFilter(), TODAY())] == [own.pk]
    assert one_case(_seen(filer), other.pk) is None and one_case(_seen(filer), own.pk) == own
