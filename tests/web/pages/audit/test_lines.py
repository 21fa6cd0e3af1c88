"""An event as one line."""

from __future__ import annotations

import pytest
from django.utils import translation

from shuiheng.adapters.records.models import Account
from shuiheng.services.events import record_event
from shuiheng.web.pages.audit.lines import LONGEST, changes_text, event_line, words_of_page


def test_changed_fields_stand_side_by_side_and_one_that_is_new_has_no_before(officer: Account) -> None:
    event = record_event(
        officer, "task.assigned", subject="task:1", before={"lead": "甲"}, after={"lead": "乙", "far": True}
    )
    line = event_line(event)
    assert [(each.field, each.before, each.after) for each in line.changes] == [
        ("牵头单位", "甲", "乙"),
        ("far", "—", "是"),
    ]
    assert changes_text(line.changes) == "牵头单位: 甲 → 乙\nfar: — → 是"
    assert line.seal is None


def test_a_field_that_was_and_is_empty_is_no_change(officer: Account) -> None:
    after = {"superseded": [], "lead": "", "joint": ["甲"], "count": 0}
    event = record_event(officer, "plan.published", subject="version:1", before={"lead": None}, after=after)
    assert [(each.before, each.after) for each in event_line(event).changes] == [("—", "甲"), ("—", "0")]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (["甲", "乙"], "甲、乙"),
        ({"a": 1, "b": None}, "a: 1；b: —"),
        (0, "0"),
        (False, "否"),
        ("draft", "草稿"),
    ],
)
def test_a_value_is_shown_as_people_read_it(officer: Account, value: object, shown: str) -> None:
    event = record_event(officer, "task.assigned", subject="task:1", after={"x": value})
    assert event_line(event).changes[0].after == shown


def test_a_very_long_value_is_cut(officer: Account) -> None:
    event = record_event(officer, "task.assigned", subject="task:1", after={"x": "水" * 5000})
    assert len(event_line(event).changes[0].after) == LONGEST + 1


def test_names_follow_the_language_of_the_page(officer: Account) -> None:
    event = record_event(officer, "plan.published", subject="version:1")
    with translation.override("en"):
        assert event_line(event).subject == "version 1"
        assert (event_line(event).what, event_line(event).role) == ("plan · published", "Office clerk")
        assert words_of_page().name("plan.published") == "plan · published"
