"""A fault is opened, proved, sent back or closed, and never closed by whoever proved it."""

from __future__ import annotations

from datetime import date

import pytest

from office import make_account
from shuiheng.adapters.records.models import Account, Event, Message, Organisation, Rectification, Role
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.found_city import join
from shuiheng.services.rectify import (
    Fault,
    close_rectification,
    open_rectification,
    prove_rectification,
    return_rectification,
)
from working_office import make_plan, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Account:
    account = Account.objects.create(username="chen")
    join(account, make_unit("水利局"), Role.PARTNER_CLERK)
    return account


@pytest.fixture
def item(officer: Account, clerk: Account) -> Rectification:
    make_plan(officer)
    fault = Fault(
        organisation=clerk.memberships.get().organisation_id,
        words="三处取水口没有水表。",
        basis="检查记录2026-3",
        found_on=date(2026, 5, 1),
        due_on=date(2026, 6, 1),
    )
    return open_rectification(officer, "plan", fault)


@pytest.fixture
def reviewer() -> Account:
    return make_account("zhao", Role.OFFICE_REVIEWER)


def test_opening_tells_the_unit(item: Rectification) -> None:
    message = Message.objects.get()
    assert message.organisation == item.organisation
    assert "三处取水口没有水表" in message.text


def test_the_way_from_open_to_closed_is_written_down(
    item: Rectification, clerk: Account, reviewer: Account
) -> None:
    prove_rectification(clerk, item.pk, words="已装表", content=b"PDF", name="证明.pdf")
    return_rectification(reviewer, item.pk, reason="照片不清")
    again = prove_rectification(clerk, item.pk, words="已重拍")
    assert again.return_reason == ""
    assert again.proof_name == "证明.pdf"
    assert close_rectification(reviewer, item.pk).state == "closed"
    actions = Event.objects.filter(subject=f"rectification:{item.pk}").order_by("pk")
    assert [event.action.split(".")[1] for event in actions] == [
        "opened",
        "proved",
        "returned",
        "proved",
        "closed",
    ]


def test_whoever_proved_does_not_close(item: Rectification, clerk: Account) -> None:
    join(clerk, item.organisation, Role.OFFICE_REVIEWER)
    prove_rectification(clerk, item.pk, words="已装表")
    with pytest.raises(ServiceError) as refused:
        close_rectification(clerk, item.pk)
    assert refused.value.code == "services.own_proof"


def test_an_open_item_is_not_closed_and_a_closed_one_not_proved(
    item: Rectification, clerk: Account, reviewer: Account
) -> None:
    with pytest.raises(ServiceError):
        close_rectification(reviewer, item.pk)
    prove_rectification(clerk, item.pk, words="已装表")
    close_rectification(reviewer, item.pk)
    with pytest.raises(ServiceError) as refused:
        prove_rectification(clerk, item.pk, words="再说")
    assert refused.value.code == "services.rectification_state"


def test_returning_needs_a_reason_and_proving_words(
    item: Rectification, clerk: Account, reviewer: Account
) -> None:
    with pytest.raises(ServiceError):
        prove_rectification(clerk, item.pk, words=" ")
    prove_rectification(clerk, item.pk, words="已装表")
    with pytest.raises(ServiceError):
        return_rectification(reviewer, item.pk, reason=" ")


def test_another_unit_does_not_find_the_item(item: Rectification) -> None:
    other = Account.objects.create(username="sun")
    join(other, make_unit("财政局"), Role.PARTNER_CLERK)
    with pytest.raises(NotThereError):
        prove_rectification(other, item.pk, words="x")


def test_a_deadline_before_the_finding_is_refused(officer: Account, item: Rectification) -> None:
    fault = Fault(
        organisation=item.organisation_id,
        words="x",
        basis="",
        found_on=date(2026, 5, 2),
        due_on=date(2026, 5, 1),
    )
    with pytest.raises(ServiceError) as refused:
        open_rectification(officer, "plan", fault)
    assert refused.value.code == "services.fault_due_before_found"


def test_a_unit_that_has_ended_mends_nothing_more(officer: Account, item: Rectification) -> None:
    Organisation.objects.filter(pk=item.organisation_id).update(to_on=item.due_on)
    fault = Fault(
        organisation=item.organisation_id, words="x", basis="", found_on=item.found_on, due_on=item.due_on
    )
    with pytest.raises(NotThereError):
        open_rectification(officer, "plan", fault)
