"""A calendar file that another program reads back as the same days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from shuiheng.adapters.exports.icalendar_file import DayEntry, write_calendar

AT = datetime(2026, 5, 1, tzinfo=UTC)
PRINTED = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=80)


@given(st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2100, 1, 1)), PRINTED), max_size=8))
def test_every_day_and_title_comes_back(rows: list[tuple[date, str]]) -> None:
    entries = [DayEntry(key=f"k{place}", on=on, title=title) for place, (on, title) in enumerate(rows)]
    read = Calendar.from_ical(write_calendar("名", entries, at=AT, host="h"))
    events = list(read.walk("VEVENT"))
    assert [(event["dtstart"].dt, str(event["summary"])) for event in events] == rows
    assert [str(event["uid"]) for event in events] == [f"k{place}@h" for place in range(len(rows))]
    assert all(event["dtend"].dt - event["dtstart"].dt == timedelta(days=1) for event in events)


def test_a_day_that_may_move_is_tentative_and_lines_are_folded() -> None:
    entry = DayEntry(key="a", on=date(2027, 1, 4), title="报送" * 60, text="方案", is_tentative=True)
    content = write_calendar("名", [entry], at=AT, host="h")
    assert b"STATUS:TENTATIVE" in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
