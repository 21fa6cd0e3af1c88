"""What the database refuses on reports of progress, whoever asks."""

from __future__ import annotations

from itertools import pairwise

import pytest

from access.rows import Rows
from shuiheng.adapters.records.guards import STEPS
from shuiheng.adapters.records.models import (
    Evidence,
    Judgement,
    Progress,
    ProgressState,
    ProgressStep,
    ProgressValue,
    RegisterTarget,
    RegisterTask,
    ReportingPeriod,
)

from .refusals import breaks, keeps, move, refused

WAY = ("draft", "filed", "reviewed", "accepted", "frozen")
TO = {state: WAY[1 : WAY.index(state) + 1] for state in WAY} | {"returned": ("filed", "returned")}


@pytest.mark.parametrize("start", ProgressState.values)
def test_a_report_takes_only_the_steps_of_the_table(rows: Rows, start: str) -> None:
    for end in ProgressState.values:
        progress = rows.make(Progress, task=rows.make(RegisterTask))
        move(progress, *TO[start])
        if end == start or f"{start}>{end}" in STEPS:
            move(progress, end)
            continue
        refused("step_out_of_order", lambda: move(progress, end))  # noqa: B023  called at once


def test_the_way_to_frozen_is_in_the_table() -> None:
    assert {f"{a}>{b}" for a, b in pairwise(WAY)} <= set(STEPS)


@pytest.mark.parametrize("field", ["done_text", "obstacles", "next_step"])
def test_the_words_of_a_filed_report_are_closed_and_open_again_when_it_is_returned(
    rows: Rows, field: str
) -> None:
    filed = Progress.objects.filter(pk=rows.row(Progress).pk)
    refused("content_closed", lambda: filed.update(**{field: "另写"}))
    refused("content_closed", lambda: filed.update(is_complete=True))
    filed.update(state="returned")
    assert filed.update(**{field: "另写"}) == 1


def test_only_a_draft_is_deleted(rows: Rows) -> None:
    filed = rows.row(Progress)
    draft = rows.make(Progress, task=rows.make(RegisterTask))
    assert draft.delete()[0] == 1
    refused("content_closed", lambda: Progress.objects.filter(pk=filed.pk)._raw_delete("default"))


def test_values_of_a_filed_report_are_closed(rows: Rows) -> None:
    values = ProgressValue.objects.filter(pk=rows.row(ProgressValue).pk)
    refused("content_closed", lambda: values.update(value=9))
    refused("content_closed", lambda: values._raw_delete("default"))
    refused("content_closed", lambda: rows.make(ProgressValue, target=rows.make(RegisterTarget)))
    move(rows.row(Progress), "returned")
    assert values.update(value=9) == 1


def test_evidence_is_added_to_an_open_report_only_and_never_deleted_or_exchanged(rows: Rows) -> None:
    evidence = Evidence.objects.filter(pk=rows.row(Evidence).pk)
    refused("content_closed", lambda: rows.make(Evidence))
    refused("append_only", lambda: evidence._raw_delete("default"))
    refused("append_only", lambda: evidence.update(sha256="0" * 64))
    refused("append_only", lambda: evidence.update(stored_name="x"))
    assert evidence.update(note="清楚") == 1
    move(rows.row(Progress), "returned")
    assert rows.make(Evidence).pk


@pytest.mark.parametrize("table", [ProgressStep, Judgement])
def test_history_is_neither_changed_nor_deleted(rows: Rows, table: type) -> None:
    keeps(rows.row(table))


def test_whoever_files_does_not_review(rows: Rows) -> None:
    filed = Progress.objects.filter(pk=rows.row(Progress).pk)
    breaks("filer_does_not_review", lambda: filed.update(reviewed_by=rows.row(Progress).filed_by))


def test_nobody_reviews_evidence_of_their_own(rows: Rows) -> None:
    evidence = rows.row(Evidence)
    mine = Evidence.objects.filter(pk=evidence.pk)
    breaks("submitter_does_not_review", lambda: mine.update(reviewed_by=evidence.submitted_by))


def test_an_organisation_reports_once_for_a_task_and_period(rows: Rows) -> None:
    breaks("one_progress_each", lambda: rows.make(Progress))
    breaks("one_period_per_start", lambda: rows.make(ReportingPeriod))
    breaks("one_step_per_revision", lambda: rows.make(ProgressStep, revision=rows.row(ProgressStep).revision))
