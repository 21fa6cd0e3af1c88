"""The list of events as a table."""

from __future__ import annotations

from datetime import UTC, datetime

from shuiheng.adapters.records.models import Account
from shuiheng.services.events import record_event
from shuiheng.web.pages.audit.table import event_sheet


def test_a_row_tells_the_same_as_the_page_and_a_note_says_who_took_it(officer: Account) -> None:
    event = record_event(officer, "plan.published", subject="version:1", reason="终稿", open_doubts=3)
    sheet = event_sheet(
        [event], title="本市日志", at=datetime(2026, 1, 5, tzinfo=UTC), who="沈审", wanted="人员 李"
    )
    assert len(sheet.rows) == 1 and len(sheet.rows[0]) == len(sheet.columns)
    shown = "|".join(str(value) for value in sheet.rows[0])
    assert "李工|节水办经办|" in shown and "|方案 · 发布|version:1|已执行|" in shown and "终稿" in shown
    assert sheet.notes[0].endswith("人员 李") and "由近到远" in sheet.notes[1]
    assert "沈审" in sheet.notes[2] and "共 1 行" in sheet.notes[2]
