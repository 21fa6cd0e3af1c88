"""Every amount of the rulebook is read for every user; unknown stays unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from office import the_office
from services.ledger.used_city import FIRST, add_kind, add_used, add_user
from shuiheng.adapters.records.models import Account, SourceKind
from shuiheng.adapters.rulebook.membership import membership_book
from shuiheng.services.ledger.keep_source import PermitFields, add_permit
from shuiheng.services.ledger.keep_water_user import WaterUserFields, change_water_user
from shuiheng.services.ledger.member_amounts import READERS, UNKNOWN, Basis

pytestmark = pytest.mark.django_db


def _basis() -> Basis:
    return Basis(the_office().place, 2026, date(2026, 6, 1))


def test_every_origin_of_the_rulebook_has_its_reader() -> None:
    assert {each.origin for each in membership_book().quantities.values()} == set(READERS)


def test_use_of_the_year_before_decides_and_a_user_without_meters_is_unknown(officer: Account) -> None:
    used, bare = add_used(officer, "甲厂", 10), add_user(officer, "乙厂")
    amounts = _basis().amounts("annual_use")
    assert amounts[used.pk].litres == Decimal(120_000)
    assert amounts[bare.pk] == UNKNOWN


def test_whoever_has_no_abstraction_is_not_spoken_of_by_its_limits(officer: Account) -> None:
    supplied = add_used(officer, "甲厂", 10)
    drawing = add_used(officer, "乙厂", 10, kind=SourceKind.ABSTRACTION)
    amounts = _basis().amounts("annual_abstraction")
    assert (amounts[supplied.pk].is_concerned, amounts[drawing.pk].is_concerned) == (False, True)
    assert _basis().amounts("permitted")[supplied.pk].is_concerned is False


def test_permits_in_force_add_up_and_a_source_without_one_leaves_the_sum_open(officer: Account) -> None:
    user = add_user(officer, "甲厂")
    sources = [add_kind(officer, user, SourceKind.ABSTRACTION, water) for water in ("surface", "groundwater")]
    for source, volume, until in (
        (sources[0], "500", date(2027, 1, 1)),
        (sources[0], "70", date(2026, 5, 31)),
    ):
        fields = PermitFields(volume_m3=Decimal(volume), expires_on=until)
        add_permit(officer, source.pk, f"D{volume}", fields, valid_from=FIRST)
    surface, ground, both = (
        _basis().amounts(name)[user.pk].bounds
        for name in ("permitted_surface", "permitted_groundwater", "permitted")
    )
    assert (surface.least, surface.most) == (500_000, 500_000)
    assert (ground.least, ground.most) == (0, None)
    assert (both.least, both.most) == (500_000, None)


def test_a_user_that_closed_is_on_no_list(officer: Account) -> None:
    user = add_used(officer, "甲厂", 10)
    gone = WaterUserFields(name="甲厂", district=the_office().place.pk, no_code_reason="注销", is_open=False)
    change_water_user(officer, user.pk, gone, valid_from=date(2026, 3, 1), reason="注销")
    assert user.pk not in _basis().traits()
    assert user.pk in Basis(the_office().place, 2026, date(2026, 2, 1)).traits()
