"""Seeded errors in a returned form, sent through the page: all are marked in place, nothing else is."""

from __future__ import annotations

import io
import os
import random

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from services.filled_form import HEADINGS, filled
from services.reporting import make_reporting, make_task
from shuiheng.adapters.records.models import ImportBatch, Progress, RegisterTarget
from web.pages.progress.test_reporting import browser

pytestmark = pytest.mark.django_db
EACH = 25 if os.environ.get("SHUIHENG_NIGHTLY") == "1" else 5
KINDS: tuple[tuple[str, str, object], ...] = (
    ("goal", "value", "约两处"),
    ("goal", "value", "12-13"),
    ("goal", "value", "十二"),
    ("goal", "done_text", "写到指标行了"),
    ("goal", "obstacles", "写到指标行了"),
    ("goal", "is_complete", "是"),
    ("task", "value", 2),
    ("task", "is_complete", "也许"),
    ("task", "is_complete", "已完成"),
    ("task", "what", "被改过的任务"),
    ("task", "done_text", "水" * 4001),
    ("task", "next_step", "水" * 4001),
)


def test_every_seeded_error_is_marked_where_it_stands_and_nothing_else_is() -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)  # noqa: S311  a seed that can be named
    city = make_reporting()
    tasks = [
        make_task(city.plan, f"第{number}项任务", lead=city.bureau) for number in range(len(KINDS) * EACH)
    ]
    targets = RegisterTarget.objects.bulk_create(
        RegisterTarget(
            plan=city.plan, task=task, item=f"s{task.pk}", metric="数量", kind="count", op=">=", value=4
        )
        for task in tasks
    )
    client = browser(city.clerk)
    desk = f"/reporting/{city.period.pk}/{city.bureau.pk}/"
    form = client.get(f"{desk}form.xlsx").content
    kinds = list(KINDS) * EACH
    chance.shuffle(kinds)
    cells: dict[tuple[str, str], object] = {}
    seeded = set()
    for target, (where, key, value) in zip(targets, kinds, strict=True):
        task = f"T{target.task_id}"
        code = task if where == "task" else f"{task}-G{target.pk}"
        cells |= {
            (task, "done_text"): "完成",
            (task, "is_complete"): "否",
            (f"{task}-G{target.pk}", "value"): 3,
        }
        cells[code, key] = value
        seeded.add((code, HEADINGS[key]))
    sent = filled(form, cells)
    client.post(f"{desk}collect/", {"file": SimpleUploadedFile("填报.xlsx", sent)})
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.counts["errors"]) == ("blocked", len(seeded))
    assert not Progress.objects.exists()
    assert _marked(client.get(f"/batches/{batch.pk}/marked/").content) == seeded


def _marked(content: bytes) -> set[tuple[str, str]]:
    """Return code and heading of every cell that carries a note in the rows of the form."""
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    head = next(row for row in page.iter_rows() if any(str(cell.value).strip("* ") == "编号" for cell in row))
    names = {cell.column: str(cell.value).strip("* ") for cell in head}
    code = next(column for column, name in names.items() if name == "编号")
    return {
        (str(page.cell(row=cell.row, column=code).value), names[cell.column])
        for row in page.iter_rows(min_row=head[0].row + 1)
        for cell in row
        if cell.comment is not None
    }
