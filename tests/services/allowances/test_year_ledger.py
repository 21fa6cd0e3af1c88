"""The ledger is read at once: sources of the authority, permits, activities with their norms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from office import the_office
from services.ledger.used_city import add_kind, add_permit, add_user
from shuiheng.adapters.records.models import (
    Account,
    ActivityFact,
    Organisation,
    SourceFact,
    SourceKind,
    WaterSource,
    WaterUser,
)
from shuiheng.adapters.rulebook.use_norms import shipped_use_norms
from shuiheng.services.allowances.year_ledger import read_ledger

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 20)


def _source(user: WaterUser, **said: object) -> None:
    source = WaterSource.objects.create(user=user, number="9", kind=SourceKind.ABSTRACTION)
    plain = {"water_kind": "surface", "valid_from": date(2024, 1, 1), "recorded_at": "2024-01-01T00:00:00Z"}
    SourceFact.objects.create(subject=source, **(plain | said))


def test_permits_are_added_up_and_one_without_a_volume_leaves_the_sum_open(officer: Account) -> None:
    user = add_user(officer, "甲厂")
    own, other = (add_kind(officer, user, SourceKind.ABSTRACTION) for _ in range(2))
    add_permit(own, "100")
    add_permit(own, "50")
    add_permit(other, "10")
    add_permit(other, None)
    sources = {each.key: each for each in read_ledger(the_office().place, DAY).users[user.pk].sources}
    assert (sources[own.pk].permit_m3, sources[other.pk].permit_m3) == (150, None)


def test_sources_of_another_authority_are_left_out(officer: Account) -> None:
    user = add_user(officer, "甲厂")
    add_kind(officer, user, SourceKind.SUPPLY)
    bureau = Organisation.objects.create(
        slug="bureau", name="水利局", kind="department", place=the_office().place
    )
    _source(user, authority=bureau)
    ledger = read_ledger(the_office().place, DAY, authority=the_office())
    assert [each.kind for each in ledger.users[user.pk].sources] == ["supply"]
    assert len(read_ledger(the_office().place, DAY).users[user.pk].sources) == 2


def test_an_activity_with_a_norm_of_the_place_is_taken_over(officer: Account) -> None:
    norm = shipped_use_norms()[0]
    place = the_office().place
    place.code = f"{norm.area}9900"[:4] if norm.area else place.code
    place.save()
    user = add_user(officer, "甲", industry_code=norm.industry[:4])
    ActivityFact.objects.create(
        subject=user,
        code=norm.id,
        unit="",
        amount=Decimal(7),
        valid_from=date(2024, 1, 1),
        recorded_at="2024-01-01T00:00:00Z",
    )
    (activity,) = read_ledger(place, DAY).users[user.pk].activities
    assert (activity.norm.id, activity.amount) == (norm.id, 7)


def test_those_who_pay_the_price_of_special_trades_are_told(officer: Account) -> None:
    user = add_user(officer, "甲浴室")
    _source(user, price_class="special")
    assert read_ledger(the_office().place, DAY).special == {user.pk}
