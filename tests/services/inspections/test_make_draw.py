"""A draw is made when its number is known, from what was committed to, and a stranger can make it again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.inspections.made_up import DIGITS, InspectedCity, do_draws
from shuiheng.adapters.records.models import Check, InspectionDraw, Job
from shuiheng.programmes.draw.verify import check_record
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.inspections.make_draw import enter_public_number, publish_draw

pytestmark = pytest.mark.django_db


def test_a_draw_follows_from_its_record_alone(city: InspectedCity, monkeypatch: pytest.MonkeyPatch) -> None:
    row = city.drawn(monkeypatch)
    assert row.state == "drawn" and len(row.record["result"]["drawn"]) == 2
    assert check_record(row.record, row.commitment) == 2
    numbers = {f"U{user.pk}" for user in city.users}
    assert {each["id"] for each in row.record["result"]["drawn"]} <= numbers
    teams = [each["inspectors"] for each in row.record["result"]["drawn"]]
    assert all(len(set(team)) == 2 for team in teams)
    checks = Check.objects.filter(draw=row)
    assert {each.subject_key for each in checks} == {each["id"] for each in row.record["result"]["drawn"]}
    assert all(each.team.count() == 2 for each in checks)
    assert "厂" not in str(row.record) and "周一" not in str(row.record)  # numbers and no names


def test_what_changes_in_the_ledger_after_the_commitment_changes_nothing(
    city: InspectedCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = city.committed()
    city.metered.user("庚厂", city.metered.districts[0])
    city.next_day(monkeypatch)
    enter_public_number(city.clerk, row.pk, digits=DIGITS, source="某网", read_on=city.today)
    do_draws(row)
    assert len(row.record["register"]["objects"]) == 6 and row.state == "drawn"


def test_a_number_that_was_not_announced_is_refused(
    city: InspectedCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = city.committed()
    with pytest.raises(ServiceError, match=r"inspections\.seed_differs"):  # known from tomorrow on
        enter_public_number(city.clerk, row.pk, digits=DIGITS, source="某网", read_on=city.today)
    city.next_day(monkeypatch)
    wrong = {"digits": "123", "source": "某网", "read_on": city.today}
    with pytest.raises(ServiceError, match=r"inspections\.seed_differs"):
        enter_public_number(city.clerk, row.pk, **wrong)  # type: ignore[arg-type]  # as named
    with pytest.raises(ServiceError, match=r"inspections\.field_missing"):
        enter_public_number(city.clerk, row.pk, digits=DIGITS, source=" ", read_on=city.today)
    ahead = city.today + timedelta(days=1)
    with pytest.raises(ServiceError, match=r"inspections\.bad_day"):
        enter_public_number(city.clerk, row.pk, digits=DIGITS, source="某网", read_on=ahead)
    assert not Job.objects.filter(kind="draw").exists()


def test_a_number_is_entered_once(city: InspectedCity, monkeypatch: pytest.MonkeyPatch) -> None:
    row = city.drawn(monkeypatch)
    with pytest.raises(ServiceError, match=r"inspections\.wrong_state"):
        enter_public_number(city.clerk, row.pk, digits=DIGITS, source="某网", read_on=city.today)


def test_another_person_publishes_a_draw(city: InspectedCity, monkeypatch: pytest.MonkeyPatch) -> None:
    row = city.drawn(monkeypatch)
    with pytest.raises(NotPermittedError):
        publish_draw(city.clerk, row.pk)
    InspectionDraw.objects.filter(pk=row.pk).update(made_by=city.leader)
    with pytest.raises(ServiceError, match=r"inspections\.own_draw"):
        publish_draw(city.leader, row.pk)
    assert publish_draw(city.reviewer, row.pk).published_by == city.reviewer
    with pytest.raises(ServiceError, match=r"inspections\.wrong_state"):
        publish_draw(city.reviewer, row.pk)
    with pytest.raises(NotThereError):
        publish_draw(city.reviewer, row.pk + 1)
