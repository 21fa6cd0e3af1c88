"""The five real plans give exactly the labelled tasks, where they are at hand."""

from __future__ import annotations

import json

import pytest

from places import SHARED, needs_real_plans
from plans.segment.outlines import joint, lead, path, tasks_of
from shuiheng.adapters.documents import read_document

PLANS = ("000_cixi", "001_wuxi", "002_shaoxing", "003_changzhou", "004_wanzhou")


@needs_real_plans
@pytest.mark.real_plans
@pytest.mark.parametrize("name", PLANS)
def test_every_labelled_task_comes_out_with_its_units_and_heading(name: str) -> None:
    gold = json.loads((SHARED / "plans" / "gold" / f"{name[:3]}.json").read_text("utf-8"))["tasks"]
    content = (SHARED / "plans" / f"{name}.txt").read_bytes()
    tasks = tasks_of(read_document(content, name=f"{name}.txt"))
    assert [(task.wording.text, lead(task), joint(task), path(task)[-1]) for task in tasks] == [
        (own["text"], own["lead"], own["participants"], own["path"][-1]) for own in gold
    ]
