"""No page shows a number, an address of mail or a name of somebody whom its reader need not know."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from access.asking import opened
from access.world import OFFICE, OTHER_UNIT, City, make_city
from shuiheng.adapters.records.models import Account, Organisation, PersonProposal, Role
from shuiheng.adapters.rulebook import Reach, role_rules
from shuiheng.services.found_city import join
from shuiheng.services.keep_organisation import edit_contact
from web.addresses import UNIT, Address, Visitors, addresses

OK, LEAST_PAGES = 200, 150
FORMER_PHONE = "13930009999"
OF_UNIT = (Role.PARTNER_CLERK, Role.PARTNER_REVIEWER, Role.SUPPLIER)
OF_OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_REVIEWER, Role.INSPECTOR, Role.AUDITOR, Role.READER)
ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
pytestmark = pytest.mark.any_database("what is masked is decided by the pages, not by the database")
SEALED = ("package", "proof")  # hashes stand over whole rows; taking them away is an event itself
WITHOUT_NEED = (Role.SUPPLIER, Role.READER)


@pytest.fixture
def city(db: None) -> City:
    """A city where every unit has a contact, and every account and proposal a number."""
    made = make_city("a", "青禾市", units=(UNIT, OTHER_UNIT))
    for unit in Organisation.objects.all():
        unit.contact_name, unit.contact_phone = f"欧阳{unit.pk:04d}", f"1391000{unit.pk:04d}"
        unit.contact_email = f"contact{unit.pk:04d}@qinghe.test"
        unit.save()
    for table, head in ((Account, "1392000"), (PersonProposal, "1394000")):
        for row in table.objects.all():
            row.display_name, row.phone = f"司马{row.pk:04d}", f"{head}{row.pk:04d}"
            row.save()
    edited = Organisation.objects.get(pk=made.row(Organisation, OTHER_UNIT).pk)
    clerk = Account.objects.create(username="clerk")
    join(clerk, made.row(Organisation), Role.OFFICE_CLERK)
    for phone in (FORMER_PHONE, edited.contact_phone):
        edit_contact(clerk, edited.pk, name=edited.contact_name, phone=phone, email=edited.contact_email)
    return made


def _unit(role: Role) -> str:
    return UNIT if role in OF_UNIT else OFFICE


def _pages(city: City, role: Role, visitors: Visitors) -> Iterator[tuple[Address, str]]:
    who = visitors.of(role, _unit(role))
    for address in addresses(city):
        if (
            "GET" not in address.methods
            or address.name.endswith(SEALED)
            or address.needs not in {"account", *role_rules()[role].reaches}
        ):
            continue
        answer = who.get(address.path)
        whole = b"".join(answer) if answer.streaming else answer.content
        answer.close()
        if answer.status_code == OK:
            yield address, opened(whole)


def test_no_page_shows_a_contact_of_another_unit_in_full(city: City) -> None:
    visitors, looked, masked = Visitors(city), 0, 0
    shown = []
    for role in (*OF_UNIT, *OF_OFFICE, *ADMINISTRATORS):
        own = city.row(Organisation, _unit(role)).pk
        others = Organisation.objects.exclude(pk=own)
        secret = {FORMER_PHONE, *Account.objects.values_list("phone", flat=True)} - {""}
        secret |= {each.phone for each in PersonProposal.objects.exclude(organisation=own)}
        for unit in others:
            secret |= {unit.contact_phone, unit.contact_email, unit.contact_name}
        for address, text in _pages(city, role, visitors):
            looked += 1
            masked += "139****" in text
            shown += [f"{role} {address.name}: {each}" for each in sorted(secret) if each in text]
    assert not shown
    assert looked > LEAST_PAGES and masked > len(ADMINISTRATORS)


@pytest.mark.parametrize("role", WITHOUT_NEED)
def test_who_need_not_trace_people_reads_no_name_of_another_unit(city: City, role: Role) -> None:
    visitors = Visitors(city)
    names = {each.display_name for each in Account.objects.exclude(display_name="")}
    colleagues = Account.objects.filter(memberships__organisation=city.row(Organisation, _unit(role)))
    names -= {each.display_name for each in colleagues}
    assert names
    shown = [
        f"{address.name}: {name}"
        for address, text in _pages(city, role, visitors)
        for name in sorted(names)
        if name in text
    ]
    assert not shown


def test_an_auditor_reads_who_did_it(city: City) -> None:
    text = Visitors(city).of(Role.AUDITOR).get("/progress/?period=all").content.decode()
    assert Account.objects.get(pk=city.row(Account).pk).display_name in text
    assert role_rules()[Role.AUDITOR].reaches["progress.look"] is Reach.CITY
