"""Lists of accounts, people and proposals, within sight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from administrators import department, person, security_administrator
from shuiheng.adapters.records.models import Account, ExternalIdentity, PersonProposal, Role
from shuiheng.adapters.records.queries_accounts import (
    AccountFilter,
    account_at,
    accounts,
    identities,
    open_proposals,
    open_units,
    past_proposals,
    past_roles,
    people_of,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def _names(**wanted: str) -> list[str]:
    seen = sight(security_administrator(), Action.ACCOUNTS_LOOK)
    found = accounts(seen, AccountFilter(**wanted), day=timezone.localdate())
    return [each.username for each in found if each.username != "secadmin"]


def test_accounts_are_found_by_name_unit_role_and_state() -> None:
    zhao = person("zhao", department(), Role.PARTNER_CLERK)
    person("qian", None, Role.READER)
    Account.objects.filter(username="qian").update(is_active=False)
    assert _names() == ["qian", "zhao"]
    assert _names(words="水利") == _names(role="partner_clerk") == _names(state="active") == ["zhao"]
    assert _names(state="frozen") == ["qian"] and _names(state="closed") == []
    Account.objects.filter(pk=zhao.pk).update(closed_at=timezone.now(), is_active=False)
    assert _names(state="closed") == ["zhao"] and _names(state="active") == []


def test_a_role_that_has_ended_is_a_past_one() -> None:
    zhao, today = person("zhao", department(), Role.PARTNER_CLERK), timezone.localdate()
    seen = sight(security_administrator(), Action.ACCOUNTS_LOOK)
    found = account_at(seen, zhao.pk, day=today)
    assert found is not None and len(found.held) == 1
    zhao.memberships.update(to_on=today)
    found = account_at(seen, zhao.pk, day=today)
    assert found is not None and not found.held
    assert [each.role for each in past_roles(seen, zhao.pk, day=today)] == [Role.PARTNER_CLERK]
    assert not past_roles(seen, zhao.pk, day=today - timedelta(days=1))
    ExternalIdentity.objects.create(account=zhao, provider="cas", subject="u1")
    assert [each.subject for each in identities(seen, zhao.pk)] == ["u1"]


def test_a_lead_sees_the_people_and_proposals_of_the_own_unit_only() -> None:
    unit, other = department(), department("青禾市财政局")
    lead = person("lead", unit, Role.PARTNER_REVIEWER)
    person("stranger", other, Role.PARTNER_CLERK)
    for place, state in ((unit, "proposed"), (unit, "refused"), (other, "proposed"), (other, "granted")):
        PersonProposal.objects.create(
            organisation=place, role=Role.PARTNER_CLERK, display_name="周工", proposed_by=lead, state=state
        )
    seen = sight(lead, Action.PEOPLE_PROPOSE)
    assert [each.account.username for each in people_of(seen, day=timezone.localdate())] == ["lead"]
    assert list(open_units(seen)) == [unit]
    assert [(each.organisation, each.state) for each in open_proposals(seen)] == [(unit, "proposed")]
    assert [(each.organisation, each.state) for each in past_proposals(seen)] == [(unit, "refused")]


def test_who_may_not_look_sees_nothing() -> None:
    clerk = person("clerk", department(), Role.PARTNER_CLERK)
    seen = sight(clerk, Action.ACCOUNTS_LOOK)
    assert not accounts(seen, AccountFilter(), day=timezone.localdate())
    assert account_at(seen, clerk.pk, day=timezone.localdate()) is None
