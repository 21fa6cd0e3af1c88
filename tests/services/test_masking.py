"""What those see of people who need not know them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.world import World
from shuiheng.adapters.records import models as tables
from shuiheng.adapters.records.models import Account, Event, Organisation, Role
from shuiheng.adapters.rulebook import Mask
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.found_city import join
from shuiheng.services.masking import (
    masked,
    masked_change,
    masked_value,
    person_name,
    reveal_contacts,
    reveal_proposed,
)


@pytest.mark.parametrize(
    ("text", "mask", "shown"),
    [
        ("王小明", Mask.NAME, "王*"),
        ("欧阳小明", Mask.NAME, "欧*"),
        ("13812341234", Mask.PHONE, "138****1234"),
        ("0500-5550102", Mask.PHONE, "050****0102"),
        ("5550102", Mask.PHONE, "****02"),
        ("liming@example.org", Mask.EMAIL, "l****@example.org"),
        ("no address", Mask.EMAIL, "****"),
        ("argon2$…", Mask.HIDDEN, "****"),
        ("市水利局", Mask.PLAIN, "市水利局"),
        ("", Mask.PHONE, ""),
    ],
)
def test_a_value_is_shown_under_its_mask(text: str, mask: Mask, shown: str) -> None:
    assert masked(text, mask) == shown


@given(st.text(st.characters(categories=("Nd",)), min_size=9, max_size=30))
def test_of_a_number_never_more_than_seven_signs_stay(number: str) -> None:
    assert masked(number, Mask.PHONE) == f"{number[:3]}****{number[-4:]}"


@given(st.text(min_size=2, max_size=20).map(str.strip).filter(lambda name: len(name) > 1))
def test_of_a_name_the_first_sign_stays_and_its_length_is_not_told(name: str) -> None:
    assert masked(name, Mask.NAME) == f"{name[0]}*"


def test_the_dictionary_says_under_which_mask_a_column_stands() -> None:
    account = Account(username="wang", display_name="王小明", phone="13812341234")
    account.set_unusable_password()
    assert masked_value(account, "phone") == "138****1234"
    assert masked_value(account, "display_name") == "王*"
    assert masked_value(account, "password") == "****"
    assert masked_value(Organisation(name="市水利局"), "name") == "市水利局"


def test_who_reads_contacts_in_full_is_written_down_with_the_purpose(world: World) -> None:
    clerk, unit = world.accounts[Role.OFFICE_CLERK], world.own.row(tables.Organisation, "d")
    assert reveal_contacts(clerk, [unit.pk], purpose="电话催办") == [unit]
    event = Event.objects.get(action="contact.revealed")
    assert (event.actor, event.subject, event.reason) == (clerk, f"organisation:{unit.pk}", "电话催办")


def test_contacts_of_another_city_are_left_out_and_leave_no_event(world: World) -> None:
    clerk, foreign = world.accounts[Role.OFFICE_CLERK], world.other.row(tables.Organisation, "d")
    assert reveal_contacts(clerk, [foreign.pk, 900_000_001], purpose="电话催办") == []
    assert not Event.objects.filter(action="contact.revealed").exists()


def test_without_a_purpose_or_the_right_nothing_is_shown(world: World) -> None:
    unit = world.own.row(tables.Organisation, "d")
    with pytest.raises(ServiceError, match="reason_missing"):
        reveal_contacts(world.accounts[Role.OFFICE_CLERK], [unit.pk], purpose="  ")
    with pytest.raises(NotPermittedError):
        reveal_contacts(world.accounts[Role.PARTNER_CLERK], [unit.pk], purpose="电话催办")


@pytest.mark.parametrize(
    ("table", "column", "value", "shown"),
    [
        ("organisation", "contact_phone", "13812345678", "138****5678"),
        ("organisation", "name", "市水利局", "市水利局"),
        ("membership", "account", 12, 12),
        ("task", "contact_phone", "13812345678", "13812345678"),
    ],
)
def test_a_value_in_an_event_stands_under_the_mask_of_its_column(
    table: str, column: str, value: object, shown: object
) -> None:
    assert masked_change(table, column, value) == shown


@pytest.mark.parametrize(
    ("role", "is_shown"),
    [
        (Role.OFFICE_CLERK, True),
        (Role.AUDITOR, True),
        (Role.AUDIT_ADMINISTRATOR, True),
        (Role.PARTNER_CLERK, True),
        (Role.SUPPLIER, False),
        (Role.READER, False),
    ],
)
def test_a_name_is_whole_for_colleagues_and_for_whoever_traces(
    world: World, role: Role, *, is_shown: bool
) -> None:
    doer = Account.objects.create(username="wang", display_name="王小明")
    join(doer, world.own.row(tables.Organisation, "d"), Role.PARTNER_REVIEWER)
    assert person_name(world.accounts[role], doer) == ("王小明" if is_shown else "王*")


def test_the_number_of_a_proposal_is_shown_to_whoever_keeps_accounts_and_written_down(world: World) -> None:
    keeper, proposal = world.accounts[Role.SYSTEM_ADMINISTRATOR], world.own.row(tables.PersonProposal, "d")
    assert reveal_proposed(keeper, proposal.pk, purpose="通知领取密码") == proposal
    event = Event.objects.get(action="contact.revealed")
    assert (event.actor, event.subject) == (keeper, f"personproposal:{proposal.pk}")
    with pytest.raises(ServiceError, match="reason_missing"):
        reveal_proposed(keeper, proposal.pk, purpose=" ")
    with pytest.raises(NotPermittedError):
        reveal_proposed(world.accounts[Role.OFFICE_LEADER], proposal.pk, purpose="通知领取密码")
