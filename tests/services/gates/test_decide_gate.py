"""An officer confirms what the conditions come to, or another outcome with a reason."""

from __future__ import annotations

import pytest
from django.utils import timezone

from office import make_account
from services.gates.made import a_project
from shuiheng.adapters.records.models import Account, Event, GateRecord, Role
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.gates.decide_gate import GateDecision, decide_gate
from shuiheng.services.gates.keep_fact import EnteredFact, enter_fact
from shuiheng.services.gates.keep_project import close_project
from shuiheng.services.gates.look_at_gates import look_at_gates
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
GATE, FACT = "water_resources_argument", "argument_approved"


@pytest.fixture
def reviewer() -> Account:
    return make_account("fu", Role.OFFICE_REVIEWER)


def _enter(officer: Account, project: int, value: str = "yes") -> None:
    enter_fact(officer, project, EnteredFact(name=FACT, value=value, evidence="审查意见第3页"))


def test_what_the_conditions_come_to_is_confirmed_without_a_reason(
    officer: Account, reviewer: Account
) -> None:
    project = a_project(officer)
    _enter(officer, project.pk)
    record = decide_gate(reviewer, project.pk, GATE, GateDecision(outcome="passed"))
    assert (record.computed, record.outcome, record.reason) == ("passed", "passed", "")
    assert record.values[FACT]["value"] == "yes"
    assert record.values[FACT]["origin"].startswith("gate_fact:")
    assert record.rules[0]["source"] == "cn-reg-460"
    told = Event.objects.get(action="project.gate_decided")
    assert (told.subject, told.actor) == (f"project:{project.pk}", reviewer)


def test_another_outcome_needs_a_reason_and_keeps_what_the_conditions_said(
    officer: Account, reviewer: Account
) -> None:
    project = a_project(officer)
    with pytest.raises(ServiceError) as caught:
        decide_gate(reviewer, project.pk, GATE, GateDecision(outcome="passed", reason="  "))
    assert caught.value.code == "gates.differs"
    record = decide_gate(reviewer, project.pk, GATE, GateDecision(outcome="passed", reason="另有批复"))
    assert (record.computed, record.outcome) == ("unknown", "passed")


def test_a_later_outcome_supersedes_and_the_earlier_stays(officer: Account, reviewer: Account) -> None:
    project = a_project(officer)
    decide_gate(reviewer, project.pk, GATE, GateDecision(outcome="unknown"))
    _enter(officer, project.pk, "no")
    decide_gate(reviewer, project.pk, GATE, GateDecision(outcome="failed"))
    rows = GateRecord.objects.order_by("pk")
    assert [(row.outcome, row.superseded_at is None) for row in rows] == [
        ("unknown", False),
        ("failed", True),
    ]


def test_an_outcome_is_stale_when_the_facts_have_changed(officer: Account, reviewer: Account) -> None:
    project = a_project(officer)
    _enter(officer, project.pk)
    decide_gate(reviewer, project.pk, GATE, GateDecision(outcome="passed"))
    _enter(officer, project.pk, "no")
    line = look_at_gates(sight(officer, Action.GATES_LOOK), project, timezone.localdate()).line(GATE)
    assert line is not None
    assert line.is_stale
    assert line.standing == "passed"


def test_a_clerk_cannot_decide(officer: Account) -> None:
    project = a_project(officer)
    with pytest.raises(NotPermittedError):
        decide_gate(officer, project.pk, GATE, GateDecision(outcome="unknown"))


def test_a_gate_that_is_not_asked_here_is_not_there(officer: Account, reviewer: Account) -> None:
    project = a_project(officer)
    with pytest.raises(NotThereError):
        decide_gate(reviewer, project.pk, "regional_argument", GateDecision(outcome="passed"))


def test_a_word_that_is_no_outcome_is_refused(officer: Account, reviewer: Account) -> None:
    with pytest.raises(ServiceError) as caught:
        decide_gate(reviewer, a_project(officer).pk, GATE, GateDecision(outcome="maybe", reason="x"))
    assert caught.value.code == "gates.outcome"


def test_a_closed_project_takes_nothing_more(officer: Account, reviewer: Account) -> None:
    project = a_project(officer)
    close_project(officer, project.pk, reason="撤项")
    with pytest.raises(ServiceError) as caught:
        decide_gate(reviewer, project.pk, GATE, GateDecision(outcome="unknown"))
    assert caught.value.code == "gates.closed"
