"""A published plan is taken back by two persons while nothing of it was billed; nothing of it is deleted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from office import make_account
from services.allowances.planned_city import (
    PlannedCity,
    compute,
    planned_city,
    publish,
    published_round,
)
from shuiheng.adapters.records.models import (
    Account,
    AllowanceEntry,
    AllowanceRound,
    Charge,
    ChargeRun,
    Job,
    Letter,
    MemberList,
    Message,
    Role,
)
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.services.allowances.change_allowance import Wanted, ask_change
from shuiheng.services.allowances.decide_change import Answer, decide_change
from shuiheng.services.allowances.freeze_months import freeze_months
from shuiheng.services.allowances.review_round import review_round
from shuiheng.services.allowances.round_jobs import work_on_round
from shuiheng.services.allowances.set_volume import set_volume
from shuiheng.services.allowances.undo_publication import (
    agree_undo,
    ask_undo,
    refuse_undo,
    undo_bars,
)
from shuiheng.services.errors import NotPermittedError, ServiceError, WrongStateError
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
MORE = [Decimal(0)] * 11 + [Decimal(50)]


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def _undone(city: PlannedCity, round_: AllowanceRound) -> Job:
    ask_undo(city.clerk, round_.pk, reason="水源填错")
    job = agree_undo(city.leader, round_.pk)
    work_on_round(job.pk)
    round_.refresh_from_db()
    return Job.objects.get(pk=job.pk)


def _years(city: PlannedCity) -> list[Decimal]:
    found = effective_months(sight(city.leader, Action.ALLOWANCES_LOOK), year=2026, on=date(2026, 12, 31))
    return sorted(each.year_m3 for each in found.values())


def test_nothing_counts_after_it_and_what_was_written_stays(city: PlannedCity) -> None:
    round_ = published_round(city)
    filer, row = city.filer(city.mill), city.allowance(city.mill)
    granted = ask_change(filer, row.pk, "increase", Wanted(months=MORE, reason="订单"))
    decide_change(city.reviewer, granted.pk, Answer(is_approved=True))
    waiting = ask_change(filer, row.pk, "increase", Wanted(months=MORE, reason="订单"))
    letters = list(Letter.objects.values_list("pk", flat=True))
    numbers = [str(each) for each in round_.allowances.values_list("number", flat=True)]
    job = _undone(city, round_)
    assert (job.state, job.result) == ("done", {"accounts": 2, "notices": 2})
    assert _years(city) == [] and round_.state == "computed"
    assert [each["reason"] for each in round_.terms["undone"]] == ["水源填错"]
    assert list(Letter.objects.values_list("pk", flat=True)) == letters and len(letters) == 2
    states = dict(AllowanceEntry.objects.values_list("pk", "state"))
    assert states.pop(waiting.pk) == "withdrawn"
    assert set(states.values()) == {"revoked"} and len(states) == 3
    texts = Message.objects.filter(kind="allowance_unpublished").values_list("text", flat=True)
    assert len(texts) == 2 and all(any(number in text for text in texts) for number in numbers)


def test_a_plan_that_was_taken_back_is_mended_and_published_anew(city: PlannedCity) -> None:
    round_ = published_round(city)
    _undone(city, round_)
    set_volume(city.clerk, city.allowance(city.mill).pk, volume_m3=Decimal(6_000), reason="更正")
    compute(city, round_)
    review_round(city.reviewer, round_.pk)
    publish(city, round_)
    assert _years(city) == [1_200, 6_000]
    numbers = [row.number for row in round_.allowances.order_by("pk")]
    assert sorted(numbers) == ["青节计〔2026〕3号", "青节计〔2026〕4号"]
    filer = city.filer(city.mill)
    entry = ask_change(filer, city.allowance(city.mill).pk, "increase", Wanted(months=MORE, reason="订单"))
    decide_change(city.reviewer, entry.pk, Answer(is_approved=True))
    assert _years(city) == [1_200, 6_050]


def test_it_takes_a_reason_and_two_persons(city: PlannedCity) -> None:
    round_ = published_round(city)
    both = make_account("both", Role.OFFICE_CLERK, Role.OFFICE_LEADER)
    with pytest.raises(ServiceError) as error:
        ask_undo(city.clerk, round_.pk, reason=" ")
    assert error.value.code == "allowances.reason_needed"
    with pytest.raises(WrongStateError):
        agree_undo(city.leader, round_.pk)
    with pytest.raises(NotPermittedError):
        ask_undo(city.leader, round_.pk, reason="x")
    ask_undo(both, round_.pk, reason="x")
    with pytest.raises(ServiceError) as error:
        ask_undo(city.clerk, round_.pk, reason="x")
    assert error.value.code == "allowances.undo_asked"
    with pytest.raises(ServiceError) as error:
        agree_undo(both, round_.pk)
    assert error.value.code == "allowances.own_work"
    refuse_undo(city.leader, round_.pk)
    round_.refresh_from_db()
    assert "undo" not in round_.terms and round_.state == "published"
    assert _years(city) == [1_200, 12_000]


def test_a_month_that_was_billed_bars_it_even_behind_the_request(city: PlannedCity) -> None:
    round_ = published_round(city)
    ask_undo(city.clerk, round_.pk, reason="x")
    job = agree_undo(city.leader, round_.pk)
    freeze_months(city.clerk, {city.allowance(city.mill).pk: [1]}, why="charge_run:1")
    work_on_round(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("failed", "allowances.undo_frozen")
    assert _years(city) == [1_200, 12_000]
    assert [each.code for each in undo_bars(round_)] == ["allowances.undo_frozen"]


def test_charges_that_are_being_worked_out_bar_it(city: PlannedCity) -> None:
    round_ = published_round(city)
    run = ChargeRun.objects.create(
        place=round_.place,
        kind="over_plan",
        first=date(2026, 1, 1),
        last=date(2026, 1, 31),
        made_by=city.clerk,
        made_at=round_.opened_at,
    )
    Charge.objects.create(run=run, user=city.mill, allowance=city.allowance(city.mill))
    assert [each.values for each in undo_bars(round_)] == [{"count": "1"}]
    run.state = "withdrawn"
    run.save()
    assert undo_bars(round_) == []


def test_water_that_passed_into_the_next_year_bars_it(city: PlannedCity) -> None:
    round_ = published_round(city)
    later = AllowanceRound.objects.create(
        place=round_.place,
        authority=round_.authority,
        year=2027,
        opened_by=city.clerk,
        opened_at=round_.opened_at,
    )
    row = later.allowances.create(user=city.mill, published_at=round_.opened_at)
    entry = row.entries.create(kind="carry_over", state="asked", asked_at=round_.opened_at)
    assert undo_bars(round_) == []
    entry.state = "approved"
    entry.save()
    assert [each.code for each in undo_bars(round_)] == ["allowances.undo_bound"]


def test_an_account_that_is_covered_no_longer_stays_without_a_volume(city: PlannedCity) -> None:
    round_ = published_round(city)
    _undone(city, round_)
    at = round_.opened_at
    listed = MemberList.objects.create(place=round_.place, year=2026, rule="key", drawn_at=at, adopted_at=at)
    listed.rows.create(user=city.mill, standing="in")
    AllowanceRound.objects.filter(pk=round_.pk).update(members=listed)
    assert compute(city, round_).state == "done"
    school = city.allowance(city.school)
    assert school.volume_m3 is None and school.entries.count() == 1
    assert [each["code"] for each in school.findings] == ["allowances.not_covered"]
    review_round(city.reviewer, round_.pk)
    publish(city, round_)
    assert _years(city) == [12_000]
