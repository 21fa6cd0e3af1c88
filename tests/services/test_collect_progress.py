"""A workbook goes out and comes back."""

from __future__ import annotations

import io

import openpyxl
import pytest

from services.filled_form import filled
from services.reporting import Reporting, make_reporting
from shuiheng.adapters.records.models import Event, ImportBatch, Progress, Role
from shuiheng.services.collect_progress import (
    check_workbook,
    finding_words,
    issue_form,
    marked_workbook,
)
from shuiheng.services.errors import EmptyFileError, NotPermittedError, NotThereError, ServiceError
from shuiheng.services.file_progress import file_progress
from shuiheng.services.found_city import join
from shuiheng.services.freeze_period import freeze_period
from shuiheng.services.progress_errors import PeriodFrozenError

pytestmark = pytest.mark.django_db


def _form(city: Reporting) -> bytes:
    return issue_form(city.clerk, period=city.period.pk, unit=city.bureau.pk)[1]


def _check(city: Reporting, content: bytes, name: str = "填报.xlsx") -> ImportBatch:
    return check_workbook(city.clerk, content, period=city.period.pk, unit=city.bureau.pk, name=name)


def _codes(city: Reporting) -> tuple[str, str]:
    return f"T{city.task.pk}", f"T{city.task.pk}-G{city.target.pk}"


def test_a_filled_form_shows_its_effect_and_saves_nothing() -> None:
    city = make_reporting()
    task, goal = _codes(city)
    sent = filled(
        _form(city), {(task, "done_text"): "完成两处", (task, "is_complete"): "否", (goal, "value"): "２"}
    )
    batch = _check(city, sent)
    assert (batch.state, batch.counts["new"], batch.counts["errors"]) == ("checked", 1, 0)
    line = batch.counts["effect"][0]
    assert line["after"]["done_text"] == "完成两处"
    assert line["after"]["values"] == {str(city.target.pk): "2"}
    assert not Progress.objects.exists()
    assert Event.objects.filter(action="import.checked").count() == 1


def test_the_form_carries_what_is_saved_and_sent_back_untouched_changes_nothing() -> None:
    city = make_reporting()
    city.save(text="第一行\n第二行", obstacles="缺资金", values={city.target.pk: 2})
    batch = _check(city, _form(city))
    assert {sort: batch.counts[sort] for sort in ("new", "changed", "same")} == {
        "new": 0,
        "changed": 0,
        "same": 1,
    }


def test_a_filed_report_is_not_in_the_form() -> None:
    city = make_reporting()
    file_progress(city.clerk, city.save().pk)
    page = openpyxl.load_workbook(io.BytesIO(_form(city))).worksheets[0]
    assert _codes(city)[0] not in {cell.value for row in page.iter_rows() for cell in row}


@pytest.mark.parametrize(
    ("row", "key", "value", "code"),
    [
        (1, "value", "约两处", "workbooks."),
        (1, "done_text", "写错了行", "progress.cell_misplaced"),
        (0, "value", 2, "progress.cell_misplaced"),
        (0, "is_complete", "也许", "workbooks."),
        (0, "what", "别的任务", "workbooks.locked_changed"),
        (0, "done_text", "水" * 4001, "workbooks."),
    ],
)
def test_a_faulty_cell_blocks_the_file_and_is_named(row: int, key: str, value: object, code: str) -> None:
    city = make_reporting()
    codes = _codes(city)
    batch = _check(city, filled(_form(city), {(codes[0], "done_text"): "完成", (codes[row], key): value}))
    assert batch.state == "blocked"
    found = [each for each in batch.findings if each["code"].startswith(code)]
    assert found and found[0]["row"]
    assert finding_words(found[0], language="zh").says


def test_the_senders_own_workbook_comes_back_marked_and_can_be_sent_again() -> None:
    city = make_reporting()
    task, goal = _codes(city)
    sent = filled(_form(city), {(task, "done_text"): "完成", (goal, "value"): "约两处"})
    marked = marked_workbook(city.clerk, _check(city, sent).pk)
    page = openpyxl.load_workbook(io.BytesIO(marked)).worksheets[0]
    assert any(cell.comment for row in page.iter_rows() for cell in row)
    mended = filled(marked, {(goal, "value"): 2})
    assert _check(city, mended).state == "checked"


def test_the_form_of_another_unit_or_period_is_refused() -> None:
    city = make_reporting()
    join(city.clerk, city.farms, Role.PARTNER_CLERK)
    other = issue_form(city.clerk, period=city.period.pk, unit=city.farms.pk)[1]
    batch = _check(city, other)
    assert batch.state == "blocked"
    assert any(each["code"].startswith("workbooks.") for each in batch.findings)


@pytest.mark.parametrize(
    ("content", "name"), [(b"MZ\x90\x00", "a.xlsx"), (b"PK\x03\x04", "a.xlsx"), (b"x", "a.et")]
)
def test_what_is_no_workbook_is_refused_with_a_code(content: bytes, name: str) -> None:
    city = make_reporting()
    with pytest.raises(ServiceError) as caught:
        _check(city, content, name)
    assert caught.value.code.startswith("workbooks.")
    with pytest.raises(EmptyFileError):
        _check(city, b"")
    assert not ImportBatch.objects.exists()


def test_only_the_unit_itself_may_fetch_and_send() -> None:
    city = make_reporting()
    content = _form(city)
    with pytest.raises(NotThereError):
        check_workbook(city.stranger, content, period=city.period.pk, unit=city.bureau.pk, name="a.xlsx")
    with pytest.raises(NotPermittedError):
        issue_form(city.reviewer, period=city.period.pk, unit=city.bureau.pk)
    with pytest.raises(NotThereError):
        issue_form(city.clerk, period=999, unit=city.bureau.pk)
    batch = _check(city, content)
    with pytest.raises(NotThereError):
        marked_workbook(city.stranger, batch.pk)


def test_a_frozen_period_takes_no_workbook() -> None:
    city = make_reporting()
    freeze_period(city.leader, city.period.pk)
    with pytest.raises(PeriodFrozenError):
        _form(city)
