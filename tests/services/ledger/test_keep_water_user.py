"""Water users enter the ledger once, and change from a day on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Account, Event, Organisation, Place, Role, UserFact, WaterUser
from shuiheng.kernel.credit_code import check_character
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city, join, new_slug
from shuiheng.services.ledger.keep_water_user import (
    WaterUserFields,
    add_water_user,
    change_water_user,
    industry_code_of,
)

pytestmark = pytest.mark.django_db
FIRST, LATER = date(2025, 1, 1), date(2026, 3, 1)


def credit_code(number: int) -> str:
    """Return a made-up code whose last character is right."""
    body = f"91330200{number:09d}"
    return body + check_character(body)


@pytest.fixture
def district(officer: Account) -> Place:
    city = the_office().place
    return Place.objects.create(slug=new_slug("place"), name="青东区", kind="district", parent=city)


@pytest.fixture
def fields(district: Place) -> WaterUserFields:
    return WaterUserFields(name="青禾印染厂", district=district.pk, credit_code=credit_code(1))


def test_a_user_gets_the_next_number_and_stands_in_its_district(
    officer: Account, fields: WaterUserFields
) -> None:
    first = add_water_user(officer, fields, valid_from=FIRST)
    second = add_water_user(
        officer, replace(fields, name="青禾纸业", credit_code=credit_code(2)), valid_from=FIRST
    )
    assert (first.number, second.number) == ("000001", "000002")
    assert first.organisation.place.name == "青东区"
    assert first.city == the_office().place
    event = Event.objects.get(action="water_user.added", subject=f"water_user:{first.pk}")
    assert event.after is not None and event.after["name"] == "青禾印染厂"


@pytest.mark.parametrize(
    ("typed", "kept"), [("C1713", "1713"), (" 1713 ", "1713"), ("c17", "17"), ("C", "C"), ("", "")]
)
def test_the_letter_of_a_section_is_not_kept_before_the_digits_of_an_industry(typed: str, kept: str) -> None:
    assert industry_code_of(typed) == kept


def test_a_code_or_a_reason_is_needed_and_a_code_stands_once_in_the_city(
    officer: Account, fields: WaterUserFields
) -> None:
    add_water_user(officer, fields, valid_from=FIRST)
    for wrong, code in (
        (replace(fields, name="另一户"), "ledger.code_taken"),
        (replace(fields, name="另一户", credit_code=""), "ledger.code_or_reason"),
        (replace(fields, name="另一户", credit_code="91330200"), "ledger.field"),
        (replace(fields, name=" "), "ledger.field"),
    ):
        with pytest.raises(ServiceError) as refused:
            add_water_user(officer, wrong, valid_from=FIRST)
        assert refused.value.code == code
    assert WaterUser.objects.count() == 1 == Organisation.objects.filter(kind="water_user").count()


def test_a_change_holds_from_its_day_and_the_organisation_follows(
    officer: Account, fields: WaterUserFields
) -> None:
    user = add_water_user(officer, fields, valid_from=FIRST)
    renamed = replace(fields, name="青禾印染有限公司")
    change_water_user(officer, user.pk, renamed, valid_from=LATER, reason="营业执照变更")
    user.organisation.refresh_from_db()
    assert user.organisation.name == "青禾印染有限公司"
    assert (
        standing(UserFact.objects.filter(subject=user), AsOf(on=date(2026, 2, 28))).get().name == "青禾印染厂"
    )
    event = Event.objects.get(action="water_user.changed")
    assert (event.before, event.reason) == ({"initials": "qhyrc", "name": "青禾印染厂"}, "营业执照变更")


def test_a_change_needs_a_reason_and_one_that_changes_nothing_leaves_no_event(
    officer: Account, fields: WaterUserFields
) -> None:
    user = add_water_user(officer, fields, valid_from=FIRST)
    with pytest.raises(ServiceError, match="reason_needed"):
        change_water_user(officer, user.pk, fields, valid_from=LATER, reason=" ")
    change_water_user(officer, user.pk, fields, valid_from=LATER, reason="年度核对")
    assert not Event.objects.filter(action="water_user.changed").exists()


def test_a_district_keeps_its_own_users_only(
    officer: Account, district: Place, fields: WaterUserFields
) -> None:
    unit = Organisation.objects.create(
        slug=new_slug("unit"), name="青东区水利局", kind="district", place=district
    )
    clerk = Account.objects.create(username="qd")
    join(clerk, unit, Role.DISTRICT_CLERK)
    own = add_water_user(clerk, fields, valid_from=FIRST)
    other = Place.objects.create(
        slug=new_slug("place"), name="青西区", kind="district", parent=district.parent
    )
    with pytest.raises(NotThereError):
        add_water_user(clerk, replace(fields, district=other.pk), valid_from=FIRST)
    there = replace(fields, district=other.pk, name="西户", credit_code=credit_code(3))
    theirs = add_water_user(officer, there, valid_from=FIRST)
    with pytest.raises(NotThereError):
        change_water_user(clerk, theirs.pk, there, valid_from=LATER, reason="x")
    change_water_user(clerk, own.pk, replace(fields, address="青东路"), valid_from=LATER, reason="x")


def test_readers_and_other_cities_write_nothing(officer: Account, fields: WaterUserFields) -> None:
    with pytest.raises(NotPermittedError):
        add_water_user(make_account("r", Role.READER), fields, valid_from=FIRST)
    stranger = Account.objects.create(username="s")
    join(stranger, found_city("临江市"), Role.OFFICE_CLERK)
    with pytest.raises(NotThereError):
        add_water_user(stranger, fields, valid_from=FIRST)
