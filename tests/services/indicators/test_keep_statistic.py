"""A fact counts once a second person has confirmed it; a later one takes its place and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Event, PlaceKind, Role, Statistic
from shuiheng.adapters.records.models import Place as PlaceRow
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city, join
from shuiheng.services.indicators.keep_statistic import (
    StatisticFields,
    decide_statistics,
    enter_statistics,
    refuse_month,
)

pytestmark = pytest.mark.django_db
GDP = StatisticFields(fact="gdp", year=2024, value=Decimal("1200.5"), source="青禾市统计年鉴", page="表1-2")


@pytest.fixture
def clerk() -> Account:
    """Who enters."""
    return make_account("clerk", Role.OFFICE_CLERK)


@pytest.fixture
def reviewer() -> Account:
    """Who confirms."""
    return make_account("reviewer", Role.OFFICE_REVIEWER)


def _place() -> int:
    return the_office().place_id


def _code(work: object, *args: object, **named: object) -> str:
    with pytest.raises(ServiceError) as refused:
        work(*args, **named)  # type: ignore[operator]  # any service
    return refused.value.code


def _standing() -> list[tuple[str, Decimal]]:
    rows = Statistic.objects.filter(superseded_at__isnull=True)
    return [(row.state, row.value) for row in rows.order_by("pk")]


def test_a_fact_is_entered_and_confirmed_by_another(clerk: Account, reviewer: Account) -> None:
    (row,) = enter_statistics(clerk, _place(), [GDP])
    decide_statistics(reviewer, [row.pk], is_confirmed=True)
    assert _standing() == [("confirmed", Decimal("1200.5"))]
    actions = set(Event.objects.filter(action__startswith="statistics.").values_list("action", flat=True))
    assert actions == {"statistics.entered", "statistics.confirmed"}


def test_a_later_value_stands_beside_until_it_is_confirmed(clerk: Account, reviewer: Account) -> None:
    (first,) = enter_statistics(clerk, _place(), [GDP])
    decide_statistics(reviewer, [first.pk], is_confirmed=True)
    (second,) = enter_statistics(clerk, _place(), [replace(GDP, value=Decimal(1210))])
    assert _standing() == [("confirmed", Decimal("1200.5")), ("entered", Decimal(1210))]
    decide_statistics(reviewer, [second.pk], is_confirmed=True)
    assert _standing() == [("confirmed", Decimal(1210))]
    assert Statistic.objects.count() == 2


def test_first_months_stand_beside_the_whole_year(clerk: Account, reviewer: Account) -> None:
    told = [replace(GDP, through=month, value=Decimal(month)) for month in (6, 9)]
    rows = enter_statistics(clerk, _place(), told)
    decide_statistics(reviewer, [row.pk for row in rows], is_confirmed=True)
    enter_statistics(clerk, _place(), [GDP])
    assert _standing() == [
        ("confirmed", Decimal(6)),
        ("confirmed", Decimal(9)),
        ("entered", Decimal("1200.5")),
    ]
    (again,) = enter_statistics(clerk, _place(), [replace(told[0], value=Decimal(7))])
    decide_statistics(reviewer, [again.pk], is_confirmed=True)
    assert ("confirmed", Decimal(6)) not in _standing() and ("confirmed", Decimal(9)) in _standing()
    twice = [told[0], told[0]]
    assert _code(enter_statistics, clerk, _place(), twice) == "statistics.twice"
    for month, fact in ((0, "gdp"), (13, "gdp"), (6, "gdp_index")):
        wrong = replace(GDP, through=month, fact=fact)
        assert _code(enter_statistics, clerk, _place(), [wrong]) == "statistics.bad_month"


def test_months_that_are_not_over_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: date(2024, 10, 8))
    refuse_month("gdp", 2024, 9)
    refuse_month("gdp", 2024, 12)
    assert _code(refuse_month, "gdp", 2024, 10) == "statistics.bad_month"


def test_entered_anew_before_it_was_confirmed_takes_the_place(clerk: Account, reviewer: Account) -> None:
    (first,) = enter_statistics(clerk, _place(), [GDP])
    enter_statistics(clerk, _place(), [replace(GDP, value=Decimal(9))])
    assert _standing() == [("entered", Decimal(9))]
    assert _code(decide_statistics, reviewer, [first.pk], is_confirmed=True) == "statistics.wrong_state"


def test_a_refusal_needs_its_reason_and_leaves_what_stood(clerk: Account, reviewer: Account) -> None:
    (row,) = enter_statistics(clerk, _place(), [GDP])
    assert _code(decide_statistics, reviewer, [row.pk], is_confirmed=False) == "statistics.reason_needed"
    decide_statistics(reviewer, [row.pk], is_confirmed=False, reason="单位有误")
    assert [row.state for row in Statistic.objects.all()] == ["refused"]
    enter_statistics(clerk, _place(), [GDP])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"fact": "moon"}, "statistics.no_fact"),
        ({"fact": "days_of_year"}, "statistics.no_fact"),
        ({"year": 1900}, "statistics.bad_year"),
        ({"year": 2999}, "statistics.bad_year"),
        ({"value": Decimal("NaN")}, "statistics.bad_value"),
        ({"value": Decimal(10) ** 20}, "statistics.bad_value"),
        ({"value": Decimal("-0.1")}, "statistics.bad_value"),
        ({"fact": "gdp_index", "value": Decimal("1.05")}, "statistics.index_odd"),
        ({"fact": "rural_villages", "value": Decimal("3.5")}, "statistics.not_whole"),
        ({"estimated_share": Decimal(2)}, "statistics.bad_value"),
        ({"source": " "}, "statistics.source_missing"),
        ({"member": "large"}, "statistics.member_missing"),
        ({"fact": "irrigation_intake"}, "statistics.member_missing"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_kept(
    clerk: Account, changed: dict[str, object], code: str
) -> None:
    bad = replace(GDP, **changed)  # type: ignore[arg-type]  # names of StatisticFields
    assert _code(enter_statistics, clerk, _place(), [replace(GDP, year=2023), bad]) == code
    assert not Statistic.objects.exists()


def test_the_same_fact_stands_once_in_what_is_entered(clerk: Account) -> None:
    assert _code(enter_statistics, clerk, _place(), [GDP, GDP]) == "statistics.twice"


def test_who_entered_it_does_not_confirm_it(clerk: Account) -> None:
    join(clerk, the_office(), Role.OFFICE_REVIEWER)
    (row,) = enter_statistics(clerk, _place(), [GDP])
    assert _code(decide_statistics, clerk, [row.pk], is_confirmed=True) == "statistics.own_entry"


def test_only_who_may_enters_and_confirms(clerk: Account, reviewer: Account) -> None:
    stranger = make_account("stranger", Role.READER)
    with pytest.raises(NotPermittedError):
        enter_statistics(stranger, _place(), [GDP])
    elsewhere = PlaceRow.objects.create(slug="elsewhere", name="别市", kind=PlaceKind.CITY)
    with pytest.raises(NotThereError):
        enter_statistics(clerk, elsewhere.pk, [GDP])
    (row,) = enter_statistics(clerk, _place(), [GDP])
    with pytest.raises(NotPermittedError):
        decide_statistics(clerk, [row.pk], is_confirmed=True)
    with pytest.raises(NotThereError):
        decide_statistics(reviewer, [row.pk, 10**9], is_confirmed=True)


def test_who_may_only_read_in_another_city_enters_nothing_there(clerk: Account) -> None:
    other = found_city("远山市", slug="yuanshan", is_synthetic=True)
    join(clerk, other, Role.READER)
    with pytest.raises(NotThereError):
        enter_statistics(clerk, other.place_id, [GDP])
    (row,) = enter_statistics(clerk, _place(), [GDP])
    assert row.organisation == the_office()


def test_a_value_that_was_confirmed_meanwhile_does_not_end_by_a_new_entry(
    clerk: Account, reviewer: Account
) -> None:
    (row,) = enter_statistics(clerk, _place(), [GDP])
    decide_statistics(reviewer, [row.pk], is_confirmed=True)
    enter_statistics(clerk, _place(), [replace(GDP, value=Decimal(9))])
    assert _standing() == [("confirmed", GDP.value), ("entered", Decimal(9))]
    assert _code(decide_statistics, reviewer, [row.pk], is_confirmed=True) == "statistics.wrong_state"
