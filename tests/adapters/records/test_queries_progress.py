"""Periods, forms and reports within sight."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.reporting import FIRST, make_reporting, make_task
from shuiheng.adapters.records.models import Evidence, PeriodKind, ReportingPeriod
from shuiheng.adapters.records.queries_progress import (
    ProgressFilter,
    batches_of,
    desk_lines,
    evidence_counts,
    evidence_of,
    form_rows,
    judgements_of,
    periods,
    previous_value,
    progress_at,
    progress_list,
    reporting_organisations,
    reporting_units,
    reports_of_task,
    state_counts,
    steps_of,
)
from shuiheng.services.file_progress import file_progress
from shuiheng.services.judge_task import judge_task
from shuiheng.services.permission import Action, remember_memberships
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_a_unit_without_a_part_in_the_plan_sees_no_period() -> None:
    city = make_reporting()
    for task in (city.task, city.other_task):
        task.parties.filter(organisation=city.bureau).update(to_on="2026-05-01")
    assert periods(sight(city.stranger, Action.PROGRESS_FILE))
    assert not periods(sight(city.clerk, Action.PROGRESS_FILE))


def test_a_form_holds_leading_tasks_first_with_targets_and_last_values() -> None:
    city = make_reporting()
    joined = make_task(city.plan, "参加的任务", lead=city.farms, joint=city.bureau)
    row = city.save(values={city.target.pk: 2})
    later = ReportingPeriod.objects.create(
        plan=city.plan,
        kind=PeriodKind.HALF_YEAR,
        starts_on="2026-07-01",
        ends_on="2026-12-31",
        due_on="2027-01-15",
        opened_by=city.officer,
    )
    seen = sight(city.clerk, Action.PROGRESS_FILE)
    rows = form_rows(seen, later, city.bureau.pk)
    assert [(each.task, each.role) for each in rows] == [(city.task, "lead"), (joined, "joint")]
    assert [(cell.value, cell.last) for cell in rows[0].cells] == [(None, 2)]
    assert (rows[0].progress, rows[0].last) == (None, row)
    assert reporting_units(seen, later, {city.bureau.pk, city.farms.pk}) == [city.bureau, city.farms]


def test_a_month_is_not_the_period_before_a_half_year() -> None:
    city = make_reporting()
    ReportingPeriod.objects.create(
        plan=city.plan,
        kind=PeriodKind.MONTH,
        starts_on="2025-12-01",
        ends_on="2025-12-31",
        due_on="2026-01-10",
        opened_by=city.officer,
    )
    row = city.save(values={city.target.pk: 2})
    assert previous_value(sight(city.officer, Action.PROGRESS_LOOK), row) == {}


def test_a_form_of_many_tasks_takes_as_many_queries_as_one_of_few() -> None:
    city = make_reporting()
    remember_memberships(city.clerk)
    seen = sight(city.clerk, Action.PROGRESS_FILE)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            form_rows(seen, city.period, city.bureau.pk)
        return len(queries)

    city.save()
    few = count()
    for number in range(30):
        make_task(city.plan, f"任务{number}", lead=city.bureau)
    assert count() == few <= 15


def test_a_list_shows_each_report_once_within_sight() -> None:
    city = make_reporting()
    row = file_progress(city.clerk, city.save().pk)
    office = sight(city.officer, Action.PROGRESS_LOOK)
    assert list(progress_list(office, ProgressFilter(period=city.period.pk, state="filed"))) == [row]
    assert state_counts(office, ProgressFilter(period=city.period.pk)) == {"filed": 1}
    assert reporting_organisations(office) == [city.bureau]
    stranger = sight(city.stranger, Action.PROGRESS_LOOK)
    assert not progress_list(stranger, ProgressFilter()).exists()
    assert progress_at(stranger, row.pk) is None


def test_files_that_nobody_found_good_are_counted_apart_and_those_taken_out_are_not() -> None:
    city = make_reporting()
    row = city.save()
    for is_good, removed_at in ((True, None), (False, None), (None, None), (None, timezone.now())):
        Evidence.objects.create(progress=row, byte_count=1, is_good=is_good, removed_at=removed_at)
    assert evidence_counts(sight(city.officer, Action.PROGRESS_LOOK), [row.pk]) == {row.pk: (3, 2)}
    assert evidence_counts(sight(city.stranger, Action.PROGRESS_LOOK), [row.pk]) == {}


def test_what_belongs_to_a_report_is_found_with_it() -> None:
    city = make_reporting()
    row = file_progress(city.clerk, city.save().pk)
    judge_task(city.leader, city.task.pk, words="好")
    office = sight(city.officer, Action.PROGRESS_LOOK)
    assert progress_at(office, row.pk) == row
    assert [step.to_state for step in steps_of(office, row)] == ["draft", "filed"]
    assert evidence_of(office, row) == []
    assert batches_of(office, city.period, city.bureau.pk) == []
    assert reports_of_task(office, city.task.pk) == [row]
    assert [each.words for each in judgements_of(office, city.task.pk)] == ["好"]
    assert city.period.starts_on == FIRST


def test_a_draft_is_not_shown_with_its_task() -> None:
    city = make_reporting()
    city.save()
    assert reports_of_task(sight(city.officer, Action.PROGRESS_LOOK), city.task.pk) == []


def test_the_lines_of_a_desk_count_what_its_form_shows() -> None:
    city = make_reporting()
    make_task(city.plan, "推进计量", lead=city.bureau)
    file_progress(city.clerk, city.save().pk)
    seen = sight(city.clerk, Action.PROGRESS_FILE)
    (line,) = desk_lines(seen, {city.bureau.pk})
    rows = form_rows(seen, city.period, city.bureau.pk)
    assert (line.period, line.unit, line.total) == (city.period, city.bureau, len(rows))
    assert (line.filed, line.returned) == (sum(row.progress is not None for row in rows), 0) == (1, 0)
