"""Facts are entered with what shows them; documents are kept once."""

from __future__ import annotations

import pytest

from services.gates.made import a_project
from shuiheng.adapters.records.models import Account, Event, GateFact
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.gates.keep_fact import (
    EnteredFact,
    add_gate_document,
    document_of,
    enter_fact,
    gate_file,
    withdraw_fact,
)

pytestmark = pytest.mark.django_db
TEXT = "论证报告审查意见：通过。".encode()


def _fact(**changed: object) -> EnteredFact:
    given: dict[str, object] = {"name": "persons", "value": "1200", "evidence": "规划条件第2页"}
    return EnteredFact(**{**given, **changed})  # type: ignore[arg-type]  # words of the test


def test_a_later_entry_supersedes_the_earlier_one(officer: Account) -> None:
    project = a_project(officer)
    enter_fact(officer, project.pk, _fact())
    enter_fact(officer, project.pk, _fact(value="1300"))
    rows = GateFact.objects.order_by("pk")
    assert [(row.value, row.superseded_at is None) for row in rows] == [("1200", False), ("1300", True)]
    told = Event.objects.filter(action="project.fact_entered").order_by("pk").last()
    assert told is not None
    assert told.before == {"fact": "persons", "value": "1200"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"value": "many"}, "gates.fact_value"),
        ({"value": "-1"}, "gates.fact_value"),
        ({"value": "NaN"}, "gates.fact_value"),
        ({"name": "groundwater_zone", "value": "yes"}, "gates.fact_value"),
        ({"name": "argument_approved", "value": "1"}, "gates.fact_value"),
        ({"evidence": " "}, "gates.evidence_needed"),
    ],
)
def test_a_fact_without_form_or_evidence_is_refused(
    officer: Account, changed: dict[str, str], code: str
) -> None:
    with pytest.raises(ServiceError) as caught:
        enter_fact(officer, a_project(officer).pk, _fact(**changed))
    assert caught.value.code == code


@pytest.mark.parametrize("name", ["colour", "category"])
def test_only_facts_that_gates_leave_to_people_can_be_entered(officer: Account, name: str) -> None:
    with pytest.raises(NotThereError):
        enter_fact(officer, a_project(officer).pk, _fact(name=name))


def test_a_fact_is_withdrawn_with_a_reason(officer: Account) -> None:
    fact = enter_fact(officer, a_project(officer).pk, _fact())
    with pytest.raises(ServiceError):
        withdraw_fact(officer, fact.pk, reason="")
    withdraw_fact(officer, fact.pk, reason="录错项目")
    with pytest.raises(NotThereError):
        withdraw_fact(officer, fact.pk, reason="录错项目")


def test_a_document_is_kept_once_and_every_look_is_told(officer: Account) -> None:
    project = a_project(officer)
    first = add_gate_document(officer, project.pk, title="审查意见", content=TEXT, name="a.txt")
    assert add_gate_document(officer, project.pk, title="又一份", content=TEXT, name="b.txt") == first
    fact = enter_fact(officer, project.pk, _fact(document=first.pk))
    assert fact.document == first
    assert gate_file(officer, first.pk).content == TEXT
    assert Event.objects.filter(action="project.document_opened").count() == 1


def test_a_document_of_another_project_shows_nothing_here(officer: Account) -> None:
    one, other = a_project(officer), a_project(officer, name="另一项目")
    document = add_gate_document(officer, one.pk, title="审查意见", content=TEXT, name="a.txt")
    assert document_of(other, None) is None
    with pytest.raises(NotThereError):
        enter_fact(officer, other.pk, _fact(document=document.pk))
