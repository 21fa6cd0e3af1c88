"""Allowances follow from settled years, a shortage is shared to the last m³, what is unknown stays so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.allowances.planned_city import (
    PAST,
    PlannedCity,
    compute,
    computed_round,
    planned_city,
    publish,
    published_round,
)
from services.ledger.used_city import add_used
from shuiheng.adapters.records.models import (
    Account,
    AllowanceRound,
    Event,
    JobState,
    LocalRule,
    PlannedAllowance,
    RoundState,
    SettledMonth,
)
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.services.allowances.compute_round import ask_computation
from shuiheng.services.allowances.open_round import open_round
from shuiheng.services.allowances.review_round import review_round
from shuiheng.services.allowances.set_volume import set_volume
from shuiheng.services.errors import NotPermittedError, ServiceError, WrongStateError

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_three_settled_years_give_the_mean_with_its_months_and_steps(city: PlannedCity) -> None:
    round_ = computed_round(city)
    assert round_.state == RoundState.COMPUTED
    mill = city.allowance(city.mill)
    assert (mill.computed_m3, mill.volume_m3, mill.split) == (12_000, 12_000, "last_year")
    assert mill.months == ["1000"] * 12 and mill.method == "first_known"
    assert [(each["year"], each["m3"], each["missing"]) for each in mill.history] == [
        (2023, "12000", 0.0),
        (2024, "12000", 0.0),
        (2025, "12000", 0.0),
    ]
    derivation = read_derivation(mill.derivation)
    assert derivation.value == 12_000 and derivation.citations[0].rule == "allowances/method"


def test_a_cap_that_does_not_suffice_is_shared_to_the_last_cubic_metre(city: PlannedCity) -> None:
    computed_round(city, cap_m3="6601")
    mill, school = city.allowance(city.mill), city.allowance(city.school)
    assert (mill.computed_m3, school.computed_m3) == (12_000, 1_200)
    assert (mill.volume_m3, school.volume_m3) == (6_001, 600)
    assert read_derivation(mill.derivation).steps[-1].name == "shared"
    assert sum(map(Decimal, mill.months)) == 6_001


def test_what_is_not_known_has_no_allowance_and_says_what_is_missing(
    city: PlannedCity, officer: Account
) -> None:
    silent = add_used(officer, "青禾食品厂", 500, years=(2024, 2025), silent=(1, 2, 3, 4, 5, 6, 7, 8, 9))
    round_ = computed_round(city)
    row = PlannedAllowance.objects.get(user=silent)
    assert row.volume_m3 is None and row.months == [] and row.derivation == {}
    assert [each["code"] for each in row.findings] == ["allowances.inputs_missing"]
    assert "year_use" in row.findings[0]["values"]["missing"]
    event = Event.objects.get(action="allowance_round.computed")
    assert event.after == {"year": 2026, "accounts": 3, "without_allowance": 1}
    assert round_.terms["undecided"] == []


def test_what_a_person_set_is_kept_whole_and_the_others_share_the_rest(city: PlannedCity) -> None:
    round_ = computed_round(city, cap_m3="6601")
    set_volume(city.clerk, city.allowance(city.school).pk, volume_m3=Decimal(1_100), reason="新建宿舍")
    round_.refresh_from_db()
    assert round_.state == RoundState.OPEN
    compute(city, round_)
    assert city.allowance(city.school).volume_m3 == 1_100
    assert city.allowance(city.mill).volume_m3 == 5_501
    set_volume(city.clerk, city.allowance(city.school).pk, volume_m3=None, reason="")
    compute(city, round_)
    assert city.allowance(city.school).volume_m3 == 600


def test_a_round_computed_again_ends_in_the_same_rows(city: PlannedCity) -> None:
    round_ = computed_round(city)
    before = list(PlannedAllowance.objects.values_list("pk", "volume_m3", "derivation"))
    SettledMonth.objects.filter(meter__user=city.mill, month__year=2025).update(by_time_litres=1_300_000)
    compute(city, round_)
    assert [row[0] for row in before] == list(PlannedAllowance.objects.values_list("pk", flat=True))
    assert city.allowance(city.mill).volume_m3 != 12_000


def test_a_round_without_anybody_covered_fails_with_the_reason(officer: Account, city: PlannedCity) -> None:
    LocalRule.objects.filter(rule="allowances/covered").delete()
    job = compute(city, open_round(officer, city.place, year=2026))
    assert (job.state, job.error_code) == (JobState.FAILED, "allowances.no_members")


def test_a_reviewed_round_is_not_computed_again_and_only_the_office_computes(
    city: PlannedCity, reader: Account
) -> None:
    round_ = computed_round(city)
    review_round(city.reviewer, round_.pk)
    with pytest.raises(WrongStateError):
        ask_computation(city.clerk, round_.pk)
    with pytest.raises(NotPermittedError):
        ask_computation(reader, round_.pk)


def test_users_who_come_later_share_what_the_published_ones_leave(city: PlannedCity) -> None:
    round_ = published_round(city, cap_m3="13500")
    hotel = add_used(city.clerk, "青禾酒店", 100, years=PAST, use_class="services")
    before = list(round_.allowances.order_by("pk").values("pk", "volume_m3", "number", "published_at"))
    compute(city, round_)
    assert round_.state == "published"
    assert city.allowance(hotel).volume_m3 == 300  # 13,500 less 13,200 that are given already
    assert list(round_.allowances.exclude(user=hotel).order_by("pk").values(*before[0])) == before
    with pytest.raises(ServiceError) as error:
        AllowanceRound.objects.filter(pk=round_.pk).update(terms={"computed_by": city.leader.pk})
        publish(city, round_)
    assert error.value.code == "allowances.own_work"
    compute(city, round_)
    publish(city, round_)
    assert city.allowance(hotel).number == "青节计〔2026〕3号"
