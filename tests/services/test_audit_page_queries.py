"""What the pages of the event log ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from office import make_account, the_office
from services.log_making import write_events
from shuiheng.adapters.records.models import Account, Event, Role
from shuiheng.services.audit_page_queries import (
    EventFilter,
    event_in_sight,
    events_in_sight,
    log_state,
)
from shuiheng.services.errors import NotThereError
from shuiheng.services.events import record_event, record_refusal
from shuiheng.services.permission import Action
from shuiheng.services.seal_events import seal_events

LOOK = Action.EVENTS_LOOK


@pytest.fixture
def auditor(db: None) -> Account:
    """An auditor of the made-up city."""
    return make_account("shen", Role.AUDITOR)


def _found(auditor: Account, **wanted: object) -> set[str]:
    rows = events_in_sight(auditor, LOOK, EventFilter(**wanted))  # type: ignore[arg-type]  fields of a test
    return set(rows.values_list("subject", flat=True))


def test_each_filter_keeps_what_fits_and_drops_the_rest(officer: Account, auditor: Account) -> None:
    other = make_account("qian", Role.OFFICE_CLERK, display_name="钱工")
    record_event(officer, "plan.published", subject="version:12")
    record_event(other, "task.assigned", subject="task:1")
    record_refusal(other, "plans.decide", subject="/plans/x/")
    assert {"version:12"} <= _found(auditor, person="李") and not {"task:1"} & _found(auditor, person="李")
    assert _found(auditor, person="qian") == {"task:1", "/plans/x/"}
    assert _found(auditor, things=frozenset({"task"})) == {"task:1"}
    assert _found(auditor, done=frozenset({"assigned", "filed"})) == {"task:1"}
    assert not _found(auditor, things=frozenset({"plan"}), done=frozenset({"assigned"}))
    assert _found(auditor, subject="version:1") == {"version:12"}
    assert _found(auditor, is_refused=True) == {"/plans/x/"}
    assert {"version:12", "task:1"} <= _found(auditor, unit=the_office().name[:2])
    assert not _found(auditor, unit="市财政局")


def test_days_are_civil_days_and_both_ends_count(officer: Account, auditor: Account) -> None:
    record_event(officer, "plan.published", subject="version:12")
    today = timezone.localdate()
    assert "version:12" in _found(auditor, first_on=today, last_on=today)
    assert "version:12" not in _found(auditor, first_on=today + timedelta(days=1))
    assert "version:12" not in _found(auditor, last_on=today - timedelta(days=1))


def test_only_readers_of_a_part_see_it(officer: Account, auditor: Account) -> None:
    event = record_event(officer, "plan.published", subject="version:12")
    assert event_in_sight(auditor, LOOK, event.key or "") == event
    assert not events_in_sight(officer, LOOK, EventFilter()).exists()
    with pytest.raises(NotThereError):
        event_in_sight(officer, LOOK, event.key or "")


def test_the_three_administrators_see_each_others_part_and_not_their_own(officer: Account) -> None:
    guard = make_account("an", Role.SECURITY_ADMINISTRATOR)
    keeper = make_account("ji", Role.AUDIT_ADMINISTRATOR)
    record_event(officer, "task.assigned", subject="by-office")
    record_event(guard, "role.granted", subject="by-security")
    record_event(keeper, "events.exported", subject="by-audit")

    def seen(actor: Account, action: Action) -> set[str]:
        rows = events_in_sight(actor, action, EventFilter())
        return {row.subject for row in rows if row.subject.startswith("by-")}

    assert seen(keeper, Action.EVENTS_LOOK_BUSINESS) == {"by-office"}
    assert seen(keeper, Action.EVENTS_LOOK_ADMINISTRATION) == {"by-security"}
    assert seen(keeper, Action.EVENTS_LOOK_AUDIT) == set()
    assert seen(guard, Action.EVENTS_LOOK_AUDIT) == {"by-audit"}
    assert seen(guard, Action.EVENTS_LOOK_ADMINISTRATION) == set()


def test_the_state_of_the_log_counts_what_waits_for_a_seal(officer: Account) -> None:
    write_events(officer, 4)
    before = log_state()
    assert before.last is None and before.waiting == Event.objects.count()
    seal_events()
    after = log_state()
    assert after.last is not None and after.last.sequence == 1
    assert after.waiting == 0
