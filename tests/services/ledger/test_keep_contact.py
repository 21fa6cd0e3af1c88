"""Contacts and activities are said from a day; the log holds people under their masks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, ActivityFact, ContactFact, Event, Role, WaterUser
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.ledger.keep_contact import (
    ActivityFields,
    ContactFields,
    reveal_user_contacts,
    set_activity,
    set_contact,
)
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user

pytestmark = pytest.mark.django_db
FIRST = date(2025, 1, 1)
CONTACT = ContactFields(duty="filer", name="司马青", phone="13812345678")


@pytest.fixture
def user(officer: Account) -> WaterUser:
    fields = WaterUserFields(name="青禾印染厂", district=the_office().place.pk, no_code_reason="筹建")
    return add_water_user(officer, fields, valid_from=FIRST)


def test_a_duty_passes_to_another_person_and_other_duties_stay(officer: Account, user: WaterUser) -> None:
    assert set_contact(officer, user.pk, CONTACT, valid_from=FIRST)
    assert not set_contact(officer, user.pk, CONTACT, valid_from=FIRST)
    leader = ContactFields(duty="leader", name="钱工")
    set_contact(officer, user.pk, leader, valid_from=FIRST)
    later = ContactFields(duty="filer", name="欧阳明")
    set_contact(officer, user.pk, later, valid_from=date(2026, 1, 1))
    now = ContactFact.objects.filter(superseded_at=None, valid_to=None)
    assert {(fact.duty, fact.name) for fact in now} == {("filer", "欧阳明"), ("leader", "钱工")}
    told = Event.objects.filter(action="water_user.contact_set")
    assert told.count() == 3
    said = " ".join(f"{event.before}{event.after}" for event in told)
    assert "138****5678" in said and not any(name in said for name in ("司马青", "欧阳明", "13812345678"))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"duty": " "}, "duty"),
        ({"name": ""}, "name"),
        ({"email": "nowhere"}, "email"),
        ({"phone": "1" * 31}, "phone"),
    ],
)
def test_a_contact_that_cannot_be_so_names_its_field(
    officer: Account, user: WaterUser, fields: dict[str, str], wrong: str
) -> None:
    with pytest.raises(ServiceError, match=f"field={wrong}"):
        set_contact(
            officer,
            user.pk,
            ContactFields(**{"duty": "filer", "name": "钱工", **fields}),
            valid_from=FIRST,
        )


def test_an_activity_holds_for_its_days_and_never_less_than_nothing(
    officer: Account, user: WaterUser
) -> None:
    beds = ActivityFields(code="床位", unit="张", amount=Decimal(860))
    set_activity(officer, user.pk, beds, valid_from=FIRST, valid_to=date(2026, 1, 1))
    fact = ActivityFact.objects.get()
    assert (fact.amount, fact.valid_to) == (Decimal(860), date(2026, 1, 1))
    with pytest.raises(ServiceError, match="field=amount"):
        set_activity(
            officer, user.pk, ActivityFields(code="床位", unit="张", amount=Decimal(-1)), valid_from=FIRST
        )
    with pytest.raises(ServiceError, match="field=valid_to"):
        set_activity(officer, user.pk, beds, valid_from=FIRST, valid_to=FIRST)


def test_who_reads_contacts_says_what_for(officer: Account, user: WaterUser) -> None:
    with pytest.raises(ServiceError, match="reason_missing"):
        reveal_user_contacts(officer, user.pk, purpose=" ")
    reveal_user_contacts(officer, user.pk, purpose="核对填报")
    assert Event.objects.get(action="contact.revealed").reason == "核对填报"
    with pytest.raises(NotPermittedError):
        reveal_user_contacts(make_account("wang", Role.READER), user.pk, purpose="看看")
