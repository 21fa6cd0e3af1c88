"""Units and their work."""

from __future__ import annotations

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.adapters.records.queries_units import duty_count, unit_loads, unit_work
from shuiheng.adapters.records.sight import Sight

WATER, INDUSTRY = "青禾市水利局", "青禾市工业和信息化局"


def test_every_unit_has_its_load(published: PlanVersion, seen: Sight) -> None:
    loads = {load.label: (load.lead, load.joint) for load in unit_loads(seen)}
    assert loads[WATER] == (2, 2)
    assert loads[INDUSTRY] == (2, 0)
    assert loads["青禾市财政局"] == (0, 1)


def test_the_work_of_a_unit_is_what_it_leads_and_joins(published: PlanVersion, seen: Sight) -> None:
    work = unit_work(seen, WATER)
    assert work is not None
    assert (len(work.lead), len(work.joint), work.spellings) == (2, 2, ("市水利局",))
    assert {target.task_id for target in work.targets} <= {task.pk for task in work.lead}


def test_an_unknown_unit_has_no_work(published: PlanVersion, seen: Sight) -> None:
    assert unit_work(seen, "青禾市水产局") is None


def test_duties_of_its_tasks_are_counted(published: PlanVersion, seen: Sight) -> None:
    assert (duty_count(seen, INDUSTRY), duty_count(seen, "青禾市财政局")) == (1, 0)
