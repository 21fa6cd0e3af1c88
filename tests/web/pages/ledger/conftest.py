"""A ledger with two users, a supplier and a district of the made-up city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from office import the_office
from shuiheng.adapters.records.models import (
    Account,
    Meter,
    Organisation,
    Place,
    PlaceKind,
    Role,
    SourceKind,
    WaterSource,
    WaterUser,
)
from shuiheng.services.found_city import join, new_slug
from shuiheng.services.ledger.keep_contact import ContactFields, set_contact
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.ledger.keep_source import SourceFields, add_source
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user

FIRST = date(2025, 1, 1)


@dataclass(frozen=True)
class Ledger:
    """What stands in it."""

    district: Place
    supplier: Organisation
    mill: WaterUser
    school: WaterUser
    source: WaterSource
    meter: Meter


@pytest.fixture
def ledger(officer: Account) -> Ledger:
    """A mill with a source, a meter and a contact, and a school with nothing."""
    city = the_office().place
    district = Place.objects.create(slug="linze", name="临泽区", kind=PlaceKind.DISTRICT, parent=city)
    supplier = Organisation.objects.create(
        slug=new_slug("unit"), name="青禾水司", kind="supplier", place=city
    )
    fields = WaterUserFields(
        name="青禾印染厂",
        district=district.pk,
        no_code_reason="筹建",
        use_class="industry",
        legal_person="欧阳明",
    )
    mill = add_water_user(officer, fields, valid_from=FIRST)
    school = add_water_user(
        officer, WaterUserFields(name="青禾中学", district=city.pk, no_code_reason="学校"), valid_from=FIRST
    )
    tap = SourceFields(water_kind="tap", supplier=supplier.pk)
    source = add_source(officer, mill.pk, SourceKind.SUPPLY, tap, valid_from=FIRST)
    new = NewMeter(number="YR-01", keeper=supplier.pk, user=mill.pk)
    meter = add_meter(officer, new, MeterFields(source=source.pk), valid_from=FIRST)
    contact = ContactFields(duty="water_manager", name="司马青", phone="13812345678", email="smq@qinghe.test")
    set_contact(officer, mill.pk, contact, valid_from=FIRST)
    return Ledger(district, supplier, mill, school, source, meter)


@pytest.fixture
def district_clerk(ledger: Ledger) -> Client:
    """A browser of a clerk of the district in which the mill lies."""
    government = Organisation.objects.create(
        slug=new_slug("unit"), name="临泽区政府", kind="district", place=ledger.district
    )
    account = Account.objects.create(username="qu")
    join(account, government, Role.DISTRICT_CLERK)
    client = Client()
    client.force_login(account)
    return client
