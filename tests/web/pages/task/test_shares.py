"""The page of shares."""

from __future__ import annotations

import pytest
from django.test import Client

from services.making import settle_units
from shuiheng.adapters.records.models import Account, Place, PlanVersion, RegisterTarget, TargetShare
from shuiheng.services.match_units import found_districts


@pytest.fixture
def districts(officer: Account, published: PlanVersion) -> list[Place]:
    """Two districts of the made-up city."""
    settle_units(officer)
    return [each.place for each in found_districts(officer, published.plan.place_id, ["临泽区", "云湖区"])]


@pytest.fixture
def target(published: PlanVersion) -> RegisterTarget:
    """A number of works that the city has to complete: four."""
    return RegisterTarget.objects.filter(plan=published.plan, unit="处")[0]


def shares(client: Client, target: RegisterTarget, values: dict[Place, str], **more: str) -> str:
    form = {f"share-{place.pk}": value for place, value in values.items()} | more
    return client.post(f"/register/targets/{target.pk}/shares/", form, follow=True).content.decode()


def test_shares_are_saved_and_held_against_the_city(
    office: Client, districts: list[Place], target: RegisterTarget
) -> None:
    first, second = districts
    assert "分解合计不足" in shares(office, target, {first: "1", second: "2"})
    assert "分解合计与总量相符" in shares(office, target, {first: "2", second: "2"}, reason="复核")
    assert TargetShare.objects.filter(superseded_at=None).count() == 2


def test_what_the_plan_says_of_a_district_is_proposed(
    office: Client, districts: list[Place], target: RegisterTarget
) -> None:
    RegisterTarget.objects.create(
        plan=target.plan,
        quote="临泽区3处",
        metric=target.metric,
        scope="临泽区",
        kind=target.kind,
        op=target.op,
        value=3,
        unit=target.unit,
        deadline=target.deadline,
    )
    shown = office.get(f"/register/targets/{target.pk}/shares/")
    assert [(place.name, text) for place, text, *_ in shown.context["rows"]] == [
        ("临泽区", "3"),
        ("云湖区", ""),
    ]
    assert "待保存" in shown.content.decode()


def test_what_cannot_be_read_is_refused_and_stays_in_the_field(
    office: Client, districts: list[Place], target: RegisterTarget
) -> None:
    response = office.post(f"/register/targets/{target.pk}/shares/", {f"share-{districts[0].pk}": "三处"})
    assert response.status_code == 422 and 'value="三处"' in response.content.decode()
    assert not TargetShare.objects.exists()


def test_shares_are_asked_for_in_the_unit_that_the_plan_prints(
    office: Client, districts: list[Place], target: RegisterTarget
) -> None:
    RegisterTarget.objects.filter(pk=target.pk).update(value=12_000, unit="亩", quote="新增1.2万亩")
    first, second = districts
    page = shares(office, target, {first: "0.5", second: "4000亩"}, measure="万亩")
    assert "分解合计不足" in page and "0.3 万亩" in page and 'name="measure" value="万亩"' in page
    standing = TargetShare.objects.order_by("place__name").values_list("place", "value")
    assert dict(standing) == {first.pk: 5_000, second.pk: 4_000}
    assert 'value="0.5"' in page and 'value="0.4"' in page
    assert shares(office, target, {first: "0.5", second: "0.4"}, measure="万亩").count("待保存") == 0
    assert TargetShare.objects.count() == 2  # what was shown and sent back changed nothing


def test_a_reader_has_no_such_page(looker: Client, districts: list[Place], target: RegisterTarget) -> None:
    assert looker.get(f"/register/targets/{target.pk}/shares/").status_code == 404
