"""A finding of a meter is confirmed or dismissed by a person, and opened again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db.models import Q

from metered import some_meter
from office import make_account
from shuiheng.adapters.records.models import Account, Event, FindingDecision, MeterFinding, Role
from shuiheng.kernel import Finding, Severity
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.readings.decide_finding import decide_finding
from shuiheng.services.readings.keep_findings import FoundAt, keep_findings

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)


@pytest.fixture
def finding(officer: Account) -> MeterFinding:
    return MeterFinding.objects.create(
        meter=some_meter(officer),
        rule="V7",
        code="metering.stuck",
        mark="stuck-1",
        severity="warn",
        at=NOON,
        values={"meter": "A-1"},
        found_at=NOON,
    )


def test_a_decision_says_who_when_and_why_and_is_taken_back_with_a_reason(
    officer: Account, finding: MeterFinding
) -> None:
    decided = decide_finding(officer, finding.pk, FindingDecision.DISMISSED, note=" 停产检修 ")
    assert (decided.decision, decided.note, decided.decided_by) == ("dismissed", "停产检修", officer)
    event = Event.objects.get(action="meter_finding.decided")
    assert event.before == {"decision": "", "note": ""}
    assert event.after is not None and event.after["decision"] == "dismissed"
    again = decide_finding(officer, finding.pk, FindingDecision.OPEN, note="设备又停")
    assert (again.decision, again.decided_by, again.decided_at) == ("", None, None)


@pytest.mark.parametrize("decision", [FindingDecision.DISMISSED, FindingDecision.OPEN])
def test_only_confirming_may_go_without_words(
    officer: Account, finding: MeterFinding, decision: FindingDecision
) -> None:
    assert decide_finding(officer, finding.pk, FindingDecision.CONFIRMED, note="").decision == "confirmed"
    with pytest.raises(ServiceError) as refused:
        decide_finding(officer, finding.pk, decision, note=" ")
    assert refused.value.code == "ledger.reason_needed"


def test_the_same_decision_twice_and_one_that_does_not_exist_are_refused(
    officer: Account, finding: MeterFinding
) -> None:
    decide_finding(officer, finding.pk, FindingDecision.CONFIRMED, note="表坏")
    for decision, code in (("confirmed", "readings.decided_already"), ("maybe", "services.nothing_chosen")):
        with pytest.raises(ServiceError) as refused:
            decide_finding(officer, finding.pk, decision, note="表坏")
        assert refused.value.code == code
    assert Event.objects.filter(action="meter_finding.decided").count() == 1


def test_only_who_reviews_readings_may_decide(officer: Account, finding: MeterFinding) -> None:
    with pytest.raises(NotPermittedError):
        decide_finding(make_account("gong", Role.SUPPLIER), finding.pk, "confirmed", note="")
    with pytest.raises(NotThereError):
        decide_finding(officer, finding.pk + 1, "confirmed", note="")


def test_what_was_dismissed_stays_dismissed_when_the_checks_find_it_again(officer: Account) -> None:
    meter = some_meter(officer)
    said = Finding(
        code="metering.stuck",
        severity=Severity.WARN,
        subject=str(meter.pk),
        values=(("at", "2026-03-01 12:00"), ("since", "2026-02-01 00:00")),
    )
    found = [FoundAt(meter=meter.pk, rule="V7", finding=said)]
    assert keep_findings([meter], found, looked_at=Q(), now=NOON) == 1
    decide_finding(officer, MeterFinding.objects.get().pk, FindingDecision.DISMISSED, note="停产")
    assert keep_findings([meter], found, looked_at=Q(), now=NOON) == 0
    row = MeterFinding.objects.get()
    assert (row.decision, row.note, row.gone_at) == ("dismissed", "停产", None)
