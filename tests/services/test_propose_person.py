"""Who proposes whom."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from administrators import (
    audit_administrator,
    department,
    person,
    security_administrator,
    system_administrator,
)
from office import the_office
from shuiheng.adapters.records.models import Account, Event, Organisation, PersonProposal, Role
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.propose_person import Proposed, propose_person, refuse_proposal

pytestmark = pytest.mark.django_db
CLERK = Proposed(role=Role.PARTNER_CLERK, display_name="周工", phone="13900000000", reason="新到岗")


@pytest.fixture
def unit(db: None) -> Organisation:
    return department()


@pytest.fixture
def lead(unit: Organisation) -> Account:
    return person("lead", unit, Role.PARTNER_REVIEWER)


def test_a_lead_proposes_a_person_of_the_own_unit(lead: Account, unit: Organisation) -> None:
    made = propose_person(lead, CLERK, organisation=unit.pk)
    assert (made.organisation, made.role, made.state, made.account) == (unit, CLERK.role, "proposed", None)
    event = Event.objects.get(action="person.proposed")
    assert (event.actor, event.organisation, event.reason) == (lead, unit, "新到岗")
    assert "周工" not in str(event.after)


def test_a_lead_proposes_nobody_for_another_unit(lead: Account) -> None:
    with pytest.raises(NotThereError):
        propose_person(lead, CLERK, organisation=department("青禾市财政局").pk)


@pytest.mark.parametrize("role", [Role.OFFICE_CLERK, Role.DISTRICT_CLERK, Role.MACHINE, "emperor"])
def test_a_role_that_does_not_fit_the_unit_is_refused(lead: Account, unit: Organisation, role: str) -> None:
    with pytest.raises(ServiceError, match="unfit_role"):
        propose_person(lead, Proposed(role=role, display_name="周工"), organisation=unit.pk)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR])
def test_only_the_system_administrator_proposes_administrators(lead: Account, role: str) -> None:
    office = the_office()
    wanted = Proposed(role=role, display_name="周工", reason="增设")
    for actor in (lead, security_administrator(), audit_administrator()):
        with pytest.raises(NotPermittedError):
            propose_person(actor, wanted, organisation=office.pk)
    assert propose_person(system_administrator(), wanted, organisation=office.pk).role == role
    with pytest.raises(NotPermittedError):
        propose_person(system_administrator(), Proposed(role=Role.READER, display_name="x"), organisation=1)


def test_a_clerk_proposes_nobody(unit: Organisation) -> None:
    with pytest.raises(NotPermittedError):
        propose_person(person("clerk", unit, Role.PARTNER_CLERK), CLERK, organisation=unit.pk)


def test_a_successor_is_proposed_for_who_holds_the_role_in_the_unit_now(
    lead: Account, unit: Organisation
) -> None:
    leaver = person("old", unit, Role.PARTNER_CLERK)
    stranger = person("stranger", department("青禾市财政局"), Role.PARTNER_CLERK)
    wanted = Proposed(role=Role.PARTNER_CLERK, display_name="周工", replaces=leaver.pk)
    assert propose_person(lead, wanted, organisation=unit.pk).replaces == leaver
    for key in (stranger.pk, 10_000):
        with pytest.raises(NotThereError):
            other = Proposed(role=Role.PARTNER_CLERK, display_name="周工", replaces=key)
            propose_person(lead, other, organisation=unit.pk)
    leaver.memberships.update(to_on=timezone.localdate())
    with pytest.raises(NotThereError):
        propose_person(lead, wanted, organisation=unit.pk)


def test_a_person_has_a_name(lead: Account, unit: Organisation) -> None:
    with pytest.raises(ServiceError, match="name_needed"):
        propose_person(lead, Proposed(role=Role.PARTNER_CLERK, display_name=" "), organisation=unit.pk)


def test_either_administrator_refuses_with_a_reason_and_once(lead: Account, unit: Organisation) -> None:
    for actor in (system_administrator(), security_administrator()):
        made = propose_person(lead, CLERK, organisation=unit.pk)
        refused = refuse_proposal(actor, made.pk, reason="人员未到岗")
        assert (refused.state, refused.decided_by, refused.decision_reason) == (
            "refused",
            actor,
            "人员未到岗",
        )
        with pytest.raises(ServiceError, match="proposal_done"):
            refuse_proposal(actor, made.pk, reason="x")
    with pytest.raises(NotPermittedError):
        refuse_proposal(audit_administrator(), made.pk, reason="x")
    with pytest.raises(NotPermittedError):
        refuse_proposal(lead, made.pk, reason="x")


def test_nobody_decides_on_a_proposal_of_their_own() -> None:
    chief = system_administrator()
    wanted = Proposed(role=Role.AUDIT_ADMINISTRATOR, display_name="周工", reason="增设")
    made = propose_person(chief, wanted, organisation=the_office().pk)
    with pytest.raises(ServiceError, match="own_proposal"):
        refuse_proposal(chief, made.pk, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonProposal.objects.filter(pk=made.pk).update(decided_by=chief)
