"""Cases of a workbook are written as if they had been entered one by one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.cases.books import a_book, a_done_row
from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.services.cases.case_book import receive_cases, take_cases

pytestmark = pytest.mark.django_db


def test_events_score_and_persons_of_a_written_case(city: CaseCity) -> None:
    batch = receive_cases(city.clerk, content=a_book(a_done_row(note="旧档")), name="小区.xlsx")
    take_cases(city.reviewer, batch.pk)
    row = ProgrammeCase.objects.get()
    assert list(row.events.values_list("ordinal", flat=True)) == list(range(1, row.event_count + 1))
    assert (row.score_lowest, row.scored_on, row.note) == (
        Decimal("86.5"),
        a_done_row()["ended_visit"],
        "旧档",
    )
    assert row.made_by == city.clerk
    by = dict(row.events.filter(sort="evidence_reviewed").values_list("entered_by__username", "sort"))
    assert set(by) == {"reviewer"}
    assert row.evidence.count() == row.events.filter(sort="evidence_added").count()
