"""Sites, sources and permits of a water user."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, Event, Organisation, SourceKind, WaterUser
from shuiheng.services.errors import ServiceError
from shuiheng.services.found_city import found_city, new_slug
from shuiheng.services.ledger.keep_source import (
    PermitFields,
    SiteFields,
    SourceFields,
    add_permit,
    add_site,
    add_source,
    change_source,
)
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user

pytestmark = pytest.mark.django_db
FIRST = date(2025, 1, 1)


@pytest.fixture
def user(officer: Account) -> WaterUser:
    fields = WaterUserFields(name="青禾印染厂", district=the_office().place.pk, no_code_reason="筹建")
    return add_water_user(officer, fields, valid_from=FIRST)


def _unit(name: str, place: object = None) -> Organisation:
    return Organisation.objects.create(
        slug=new_slug("unit"), name=name, kind="supplier", place=place or the_office().place
    )


def test_two_sources_of_a_user_answer_to_two_authorities(officer: Account, user: WaterUser) -> None:
    works, office, supplier = _unit("水利局"), _unit("城管局"), _unit("青禾水司")
    add_source(
        officer,
        user.pk,
        SourceKind.ABSTRACTION,
        SourceFields(water_kind="surface", authority=works.pk),
        valid_from=FIRST,
    )
    add_source(
        officer,
        user.pk,
        SourceKind.SUPPLY,
        SourceFields(water_kind="tap", authority=office.pk, supplier=supplier.pk),
        valid_from=FIRST,
    )
    said = [(each.number, each.facts.get().authority_id) for each in user.sources.all()]
    assert said == [("1", works.pk), ("2", office.pk)]
    assert Event.objects.filter(action="source.added").count() == 2


def test_public_supply_names_its_supplier_and_none_of_another_city(officer: Account, user: WaterUser) -> None:
    abroad = _unit("临江水司", found_city("临江市").place)
    for what, code in (
        (SourceFields(water_kind="tap"), "ledger.supplier_needed"),
        (SourceFields(water_kind="tap", supplier=abroad.pk), "ledger.field"),
        (SourceFields(water_kind=""), "ledger.field"),
    ):
        with pytest.raises(ServiceError) as refused:
            add_source(officer, user.pk, SourceKind.SUPPLY, what, valid_from=FIRST)
        assert refused.value.code == code
    assert not user.sources.exists()


def test_a_site_has_both_degrees_or_neither_and_its_number_once(officer: Account, user: WaterUser) -> None:
    add_site(officer, user.pk, "一厂", SiteFields(name="一厂"), valid_from=FIRST)
    for number, what, code in (
        ("一厂", SiteFields(name="再来"), "ledger.number_taken"),
        ("二厂", SiteFields(name="二厂", longitude=Decimal("121.2")), "ledger.field"),
        ("二厂", SiteFields(name="二厂", district=found_city("临江市").place.pk), "ledger.field"),
        (" ", SiteFields(name="二厂"), "ledger.field"),
    ):
        with pytest.raises(ServiceError) as refused:
            add_site(officer, user.pk, number, what, valid_from=FIRST)
        assert refused.value.code == code


def test_a_permit_belongs_to_a_source_and_a_change_is_told_once(officer: Account, user: WaterUser) -> None:
    what = SourceFields(water_kind="ground", basin_code="F12")
    source = add_source(officer, user.pk, SourceKind.ABSTRACTION, what, valid_from=FIRST)
    permit = add_permit(
        officer, source.pk, "D330200", PermitFields(volume_m3=Decimal("500000")), valid_from=FIRST
    )
    assert permit.facts.get().volume_m3 == 500_000
    with pytest.raises(ServiceError, match="volume_m3"):
        add_permit(officer, source.pk, "D2", PermitFields(volume_m3=Decimal(-1)), valid_from=FIRST)
    for _time in range(2):
        change_source(
            officer, source.pk, replace(what, is_active=False), valid_from=date(2026, 1, 1), reason="换井"
        )
    assert Event.objects.get(action="source.changed").after == {"is_active": False}
