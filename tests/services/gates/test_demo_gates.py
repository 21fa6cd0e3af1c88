"""The demo city has projects whose gates pass, fail and stay open, once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from office import make_account, the_office
from services.gates.made import a_permit
from shuiheng.adapters.records.models import Account, GateRecord, Permit, PermitFact, Project, Role
from shuiheng.adapters.records.queries_gates import PermitFilter, permit_facts
from shuiheng.services.gates.demo_gates import settle_demo_gates
from shuiheng.services.gates.look_at_gates import look_at_gates
from shuiheng.services.gates.permit_book import permit_states
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_nothing_is_made_without_the_people_of_the_demo() -> None:
    assert settle_demo_gates(the_office().place) == 0


def test_the_demo_shows_every_outcome_and_permits_near_their_end() -> None:
    clerk: Account = make_account("officer", Role.OFFICE_CLERK)
    make_account("reviewer", Role.OFFICE_REVIEWER)
    a_permit(clerk, number="原有")
    city = the_office().place
    assert settle_demo_gates(city) == 3
    assert settle_demo_gates(city) == 0
    seen, today = sight(clerk, Action.GATES_LOOK), timezone.localdate()
    outcomes = {
        line.standing
        for project in Project.objects.all()
        for line in look_at_gates(seen, project, today).lines
    }
    assert outcomes == {"passed", "failed", "unknown", "not_asked"}
    assert GateRecord.objects.filter(outcome="failed").count() == 1
    states = permit_states(seen, list(permit_facts(seen, PermitFilter(), today)), today)
    assert {state.standing.status.value for state in states} >= {"near", "late", "asked"}
    assert PermitFact.objects.count() == Permit.objects.count() == 4
