"""Fields that name something else."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.web.pages.reading.marks import item_token
from shuiheng.web.pages.reading.references import References, indicator_name, shown_reference


@pytest.fixture
def known(ready: PlanVersion) -> References:
    return References(plan_at_work(ready).decided.plan, load_knowledge())


def test_a_total_is_chosen_among_targets_with_the_same_unit_and_never_itself(known: References) -> None:
    for target in known.plan.targets:
        offered = {code for code, _ in known.choices("part_of", target)} - {""}
        same = {t.id for t in known.plan.targets if t.unit == target.unit and t.value is not None}
        assert offered == {item_token("target", each) for each in same - {target.id}}


def test_a_task_is_named_by_its_anchor_and_an_unknown_one_is_refused(known: References) -> None:
    task = known.plan.tasks[0]
    assert known.value("task", item_token("task", task.id))["quote"] == task.text
    assert known.value("task", "") is None
    with pytest.raises(ValueError, match=r"."):
        known.value("task", "abc")


def test_an_indicator_is_named_in_chinese_and_kept_by_its_id(known: References) -> None:
    term = known.knowledge.indicators[0]
    assert known.value("indicator", term.name) == term.id
    assert indicator_name(term.id) == term.name
    with pytest.raises(ValueError, match=r"."):
        known.value("indicator", "没有的指标")


def test_nothing_is_shown_for_nothing() -> None:
    assert shown_reference("task", None) == ""
