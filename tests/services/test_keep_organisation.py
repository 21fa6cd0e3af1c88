"""Making and editing organisations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, Event, Role
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city, join
from shuiheng.services.keep_organisation import (
    OrganisationFields,
    edit_contact,
    edit_organisation,
    make_organisation,
)

FIELDS = OrganisationFields(name="青禾市水利局", short_name="市水利局", other_names=("市水务局", "水利局"))
CODE = "91350100M000100Y43"


def test_an_organisation_is_found_by_the_initials_of_its_names(officer: Account) -> None:
    made = make_organisation(officer, the_office().place_id, FIELDS)
    assert made.initials == "qhsslj" + "sslj"
    assert sorted(made.names.values_list("initials", flat=True)) == ["slj", "sswj"]


def test_a_name_is_used_once_in_a_place(officer: Account) -> None:
    make_organisation(officer, the_office().place_id, FIELDS)
    with pytest.raises(ServiceError, match=r"services\.organisation_name_taken"):
        make_organisation(officer, the_office().place_id, FIELDS)


def test_editing_drops_the_names_that_were_left_out_and_says_so(officer: Account) -> None:
    made = make_organisation(officer, the_office().place_id, FIELDS)
    edit_organisation(officer, made.pk, replace(FIELDS, other_names=("水利局",), short_name="水利局"))
    assert list(made.names.values_list("name", flat=True)) == ["水利局"]
    event = Event.objects.get(action="organisation.edited")
    assert event.before is not None and event.after is not None
    assert event.before["other_names"] == ["市水务局", "水利局"]
    assert event.after["short_name"] == "水利局"


@pytest.mark.parametrize(
    "fields",
    [
        replace(FIELDS, name=" "),
        replace(FIELDS, credit_code=CODE[:-1] + "0"),
        replace(FIELDS, contact_email="nobody"),
        replace(FIELDS, contact_phone="1" * 31),
    ],
)
def test_a_field_that_cannot_be_so_is_refused(officer: Account, fields: OrganisationFields) -> None:
    with pytest.raises(ServiceError, match=r"services\.organisation_field"):
        make_organisation(officer, the_office().place_id, fields)


def test_a_credit_code_is_kept_in_its_plain_form(officer: Account) -> None:
    made = make_organisation(
        officer, the_office().place_id, replace(FIELDS, credit_code=" 91350100 m000100y43")
    )
    assert made.credit_code == CODE


def test_a_clerk_of_the_unit_keeps_its_contact_and_no_other(officer: Account) -> None:
    own = make_organisation(officer, the_office().place_id, FIELDS)
    other = make_organisation(officer, the_office().place_id, replace(FIELDS, name="青禾市财政局"))
    clerk = Account.objects.create(username="zhao")
    join(clerk, own, Role.PARTNER_CLERK)
    edit_contact(clerk, own.pk, name="赵工", phone="0500-8", email="")
    own.refresh_from_db()
    assert own.contact_name == "赵工"
    with pytest.raises(NotThereError):
        edit_contact(clerk, other.pk, name="赵工", phone="", email="")
    with pytest.raises(NotPermittedError):
        edit_organisation(clerk, own.pk, FIELDS)


def test_another_city_is_not_there(officer: Account) -> None:
    with pytest.raises(NotThereError):
        make_organisation(officer, found_city("临江市", slug="linjiang").place_id, FIELDS)


def test_the_log_which_nobody_can_erase_holds_contacts_under_the_mask_only(officer: Account) -> None:
    fields = replace(
        FIELDS, contact_name="赵建国", contact_phone="13812345678", contact_email="zjg@qinghe.test"
    )
    unit = make_organisation(officer, the_office().place_id, fields)
    edit_organisation(officer, unit.pk, replace(fields, short_name="水利"))
    edit_contact(officer, unit.pk, name="钱建军", phone="13987654321", email="qjj@qinghe.test")
    told = str(list(Event.objects.values_list("before", "after", "details", "reason")))
    clear = ("赵建国", "13812345678", "zjg@", "钱建军", "13987654321", "qjj@")
    assert not [value for value in clear if value in told]
    event = Event.objects.get(action="organisation.contact_edited")
    assert event.before is not None and event.before["contact_phone"] == "138****5678"
    assert event.after is not None and event.after["contact_phone"] == "139****4321"
