"""Values that do not go with the last period want a reason; words that repeat it are only noted."""

from __future__ import annotations

from datetime import date

import pytest

from services.filled_form import filled
from services.reporting import Reporting, make_reporting
from shuiheng.adapters.records.models import ImportBatch, PeriodKind, ReportingPeriod
from shuiheng.services.collect_progress import check_workbook, issue_form
from shuiheng.services.file_progress import file_progress

pytestmark = pytest.mark.django_db


def sent_after(
    city: Reporting, *, last: int, now: object, text: str = "又改造", reason: str = ""
) -> ImportBatch:
    """Return the check of a workbook of the second half-year, after a first one with a value."""
    file_progress(city.clerk, city.save(values={city.target.pk: last}).pk)
    later = ReportingPeriod.objects.create(
        plan=city.plan,
        kind=PeriodKind.HALF_YEAR,
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 12, 31),
        due_on=date(2027, 1, 15),
        opened_by=city.officer,
    )
    form = issue_form(city.clerk, period=later.pk, unit=city.bureau.pk)[1]
    task = f"T{city.task.pk}"
    goal = f"{task}-G{city.target.pk}"
    cells = {(task, "done_text"): text, (goal, "value"): now, (goal, "reason"): reason or None}
    sent = filled(form, cells)
    return check_workbook(city.clerk, sent, period=later.pk, unit=city.bureau.pk, name="填报.xlsx")


@pytest.mark.parametrize(
    ("last", "now", "codes"),
    [
        (3, 2, ["progress.value_fell"]),
        (3, 3, []),
        (3, 29, []),
        (3, 30, ["progress.value_far"]),
        (0, 30, []),
    ],
)
def test_a_value_that_fell_or_is_far_from_the_last_is_doubted(last: int, now: int, codes: list[str]) -> None:
    batch = sent_after(make_reporting(), last=last, now=now)
    assert [each["code"] for each in batch.findings if each["code"].startswith("progress.")] == codes
    assert (batch.state, batch.counts["errors"]) == ("blocked" if codes else "checked", 0)


def test_a_value_that_is_no_running_total_may_fall_but_not_to_a_tenth() -> None:
    city = make_reporting()
    city.target.kind = "level"
    city.target.save()
    assert sent_after(city, last=3, now=2).state == "checked"


def test_words_that_repeat_the_last_period_are_noted_and_block_nothing() -> None:
    batch = sent_after(make_reporting(), last=1, now=2, text="完成渠道改造两处")
    found = [(each["code"], each["severity"]) for each in batch.findings]
    assert ("progress.same_as_last", "note") in found
    assert batch.state == "checked"
