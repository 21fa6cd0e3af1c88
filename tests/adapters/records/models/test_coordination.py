"""What the database refuses on meetings, rectification and accountability."""

from __future__ import annotations

from access.rows import Rows
from shuiheng.adapters.records.models import AccountabilityEntry, MeetingDecision, Rectification, RegisterTask

from .refusals import breaks, refused


def test_an_entry_of_the_accountability_log_stays_as_it_was_written(rows: Rows) -> None:
    entry = AccountabilityEntry.objects.filter(pk=rows.row(AccountabilityEntry).pk)
    refused("append_only", lambda: entry.update(words="另写"))
    refused("append_only", lambda: entry._raw_delete("default"))


def test_whoever_proves_a_rectification_does_not_close_it(rows: Rows) -> None:
    item = rows.row(Rectification)
    mine = Rectification.objects.filter(pk=item.pk)
    mine.update(submitted_by=item.opened_by)
    breaks("prover_does_not_close", lambda: mine.update(closed_by=item.opened_by))


def test_a_task_stems_from_one_decision(rows: Rows) -> None:
    task = rows.row(RegisterTask)
    rows.make(MeetingDecision, task=task)
    breaks("task", lambda: rows.make(MeetingDecision, task=task))
