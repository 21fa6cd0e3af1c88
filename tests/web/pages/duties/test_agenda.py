"""Due days of duties."""

from __future__ import annotations

from datetime import date

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.adapters.records.queries_items import bare_duties
from shuiheng.adapters.records.sight import Sight
from shuiheng.web.pages.duties.agenda import agenda, due_days


def test_a_quarterly_duty_stands_four_times_in_a_year(published: PlanVersion, seen: Sight) -> None:
    entries = agenda(seen, "", "", date(2026, 1, 1), date(2026, 12, 31))
    assert [entry.on for entry in entries] == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    ]


def test_a_due_rule_moves_the_day_behind_free_days(published: PlanVersion, seen: Sight) -> None:
    duty = published.publishedduty_rows.get()
    duty.due_rule = {"months_after": 1, "day": 4, "is_workday": True}
    duty.save()
    entries = agenda(seen, "", "", date(2026, 4, 1), date(2026, 4, 30))
    assert [entry.on for entry in entries] == [date(2026, 4, 7)]  # 4 to 6 April are 清明


def test_days_are_the_same_for_duties_that_are_read_alone(published: PlanVersion, seen: Sight) -> None:
    year = date(2026, 1, 1), date(2026, 12, 31)
    assert due_days(bare_duties(seen), *year) == agenda(seen, "", "", *year)


def test_other_plans_are_left_out(published: PlanVersion, seen: Sight) -> None:
    assert agenda(seen, "nowhere", "", date(2026, 1, 1), date(2026, 12, 31)) == []
