"""Shares of districts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.making import settle_units
from shuiheng.adapters.records.models import Account, Event, Place, PlanVersion, RegisterTarget, TargetShare
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city
from shuiheng.services.match_units import found_districts
from shuiheng.services.set_share import set_shares


@pytest.fixture
def districts(officer: Account, published: PlanVersion) -> list[Place]:
    """Two districts of the made-up city."""
    settle_units(officer)
    return [each.place for each in found_districts(officer, published.plan.place_id, ["临泽区", "云湖区"])]


@pytest.fixture
def target(published: PlanVersion) -> RegisterTarget:
    """A number that the city has to reach."""
    return RegisterTarget.objects.filter(plan=published.plan, kind="count").order_by("order")[0]


def test_a_correction_keeps_the_share_that_stood(
    officer: Account, districts: list[Place], target: RegisterTarget
) -> None:
    first, second = (place.pk for place in districts)
    assert set_shares(officer, target.pk, {first: Decimal(5), second: Decimal(7)}) == 2
    assert set_shares(officer, target.pk, {first: Decimal(6), second: Decimal(7)}, reason="会议议定") == 1
    rows = TargetShare.objects.filter(target=target, place=first).order_by("pk")
    assert [(row.value, row.superseded_at is None) for row in rows] == [(5, False), (6, True)]
    event = Event.objects.filter(action="share.set").order_by("-pk")[0]
    assert event.before == {"place": "临泽区", "value": "5", "unit": target.unit} and event.after is not None
    assert event.after["value"] == "6"


def test_a_share_that_stands_changes_only_with_a_reason(
    officer: Account, districts: list[Place], target: RegisterTarget
) -> None:
    set_shares(officer, target.pk, {districts[0].pk: Decimal(5)})
    with pytest.raises(ServiceError, match=r"services\.reason_needed"):
        set_shares(officer, target.pk, {districts[0].pk: None})
    set_shares(officer, target.pk, {districts[0].pk: None}, reason="误填")
    assert not TargetShare.objects.filter(superseded_at=None).exists()


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity", "1e21"])
def test_a_figure_that_is_no_share_is_refused(
    officer: Account, districts: list[Place], target: RegisterTarget, value: str
) -> None:
    with pytest.raises(ServiceError, match=r"services\.share_field"):
        set_shares(officer, target.pk, {districts[0].pk: Decimal(value)})
    assert not TargetShare.objects.exists()


def test_places_of_other_cities_and_readers_are_refused(
    officer: Account, reader: Account, districts: list[Place], target: RegisterTarget
) -> None:
    with pytest.raises(NotThereError):
        set_shares(officer, target.pk, {found_city("临江市", slug="linjiang").place_id: Decimal(1)})
    with pytest.raises(NotPermittedError):
        set_shares(reader, target.pk, {districts[0].pk: Decimal(1)})
