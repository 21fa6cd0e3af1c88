"""Lists of published items, filtered."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.adapters.records.queries_items import (
    ItemFilter,
    bare_duties,
    duties,
    findings,
    next_deadlines,
    published_plans,
    target_years,
    targets,
    tasks,
    thresholds,
    unit_labels,
)
from shuiheng.adapters.records.sight import Sight


def test_tasks_are_filtered_by_unit_and_part(published: PlanVersion, seen: Sight) -> None:
    label = "青禾市水利局"
    assert tasks(seen, ItemFilter()).count() == 4
    assert tasks(seen, ItemFilter(unit=label)).count() == 4
    assert tasks(seen, ItemFilter(unit=label, role="lead")).count() == 2
    assert tasks(seen, ItemFilter(unit=label, role="joint")).count() == 2


def test_tasks_are_found_by_all_words_in_text_path_or_unit(published: PlanVersion, seen: Sight) -> None:
    assert tasks(seen, ItemFilter(words="水平衡")).count() == 1
    assert tasks(seen, ItemFilter(words="农业农村局")).count() == 1
    assert tasks(seen, ItemFilter(words="水平衡 灌区")).count() == 0


def test_a_task_carries_its_number_of_targets_and_first_deadline(published: PlanVersion, seen: Sight) -> None:
    task = tasks(seen, ItemFilter(words="灌区改造")).get()
    assert task.target_count == 2
    assert task.first_deadline == date(2026, 12, 31)


def test_targets_are_filtered_by_year_and_kind(published: PlanVersion, seen: Sight) -> None:
    assert {target.deadline.year for target in targets(seen, ItemFilter(year="2027"))} == {2027}
    assert {target.kind for target in targets(seen, ItemFilter(kind="count"))} == {"count"}
    assert (
        targets(seen, ItemFilter(year="none")).count()
        + sum(targets(seen, ItemFilter(year=str(year))).count() for year in target_years(seen))
        == targets(seen, ItemFilter()).count()
    )


def test_a_plan_that_is_not_published_is_in_no_list(ready: PlanVersion, seen: Sight) -> None:
    assert not tasks(seen, ItemFilter()).exists()
    assert published_plans(seen) == [] and unit_labels(seen) == []


def test_duties_and_thresholds_are_listed(published: PlanVersion, seen: Sight) -> None:
    assert duties(seen, ItemFilter()).get().frequency == "quarterly"
    with CaptureQueriesContext(connection) as queries:
        alone = list(bare_duties(seen))
    assert alone == list(duties(seen, ItemFilter()))
    (asked,) = [each["sql"] for each in queries.captured_queries if "publishedduty" in each["sql"]]
    assert "publishedtask" not in asked
    assert "工业企业" in thresholds(seen, ItemFilter()).get().applies_to


def test_findings_of_versions_in_work_are_listed(ready: PlanVersion, seen: Sight) -> None:
    assert findings(seen, ItemFilter()).count() == ready.findings.count() > 0
    assert not findings(seen, ItemFilter(code="plans.no_such_code")).exists()


def test_next_deadlines_begin_on_the_day_itself(published: PlanVersion, seen: Sight) -> None:
    day = date(2027, 12, 31)
    assert {target.deadline for target in next_deadlines(seen, day, limit=9)} == {day}
    assert not next_deadlines(seen, date(2028, 1, 1), limit=9)
