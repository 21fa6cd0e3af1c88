"""What was done to a task, in words."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Event
from shuiheng.web.pages.task.history import lines_of


@pytest.mark.parametrize(
    ("side", "said"),
    [
        (
            {"parts": [{"role": "lead", "name": "甲局"}, {"role": "joint", "name": "乙局"}]},
            "牵头：甲局；参与：乙局",
        ),
        ({"parts": []}, "无"),
        ({"place": "临泽区", "value": "5"}, "临泽区 5"),
        ({"place": "临泽区", "value": None}, "临泽区 无"),
        ({"due_on": None}, "未注明"),
        ({"due_on": "2026-12-31"}, "2026-12-31"),
        ({"title": "完成设计", "due_on": "2026-06-30", "done_on": None}, "完成设计 2026-06-30"),
        (None, ""),
    ],
)
def test_a_side_of_a_change_is_said_in_words(side: dict[str, object] | None, said: str) -> None:
    (line,) = lines_of([Event(action="task.assigned", after=side)])
    assert (line.name, line.before, line.after) == ("改派", "", said)


def test_an_event_that_nobody_named_keeps_its_code() -> None:
    assert lines_of([Event(action="task.sung")])[0].name == "task.sung"
