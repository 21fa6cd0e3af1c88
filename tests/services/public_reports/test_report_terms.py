"""Terms and limits come from the rulebook by pace and day; without a rule there is none."""

from __future__ import annotations

from datetime import date

import pytest

from services.public_reports.made_up import Town
from shuiheng.services.errors import ServiceError
from shuiheng.services.public_reports.report_terms import daily_limits, hotline, report_term

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 6)


def test_terms_are_workdays_and_an_urgent_matter_is_due_first(town: Town) -> None:
    urgent, ordinary = (report_term(town.place, pace, FRIDAY) for pace in ("urgent", "ordinary"))
    assert (urgent.triage_by, urgent.due_on) == (date(2026, 11, 9), date(2026, 11, 10))
    assert ordinary.due_on == date(2026, 11, 27)
    assert urgent.rule["rule"] == "public_reports/answer_within"


def test_without_a_value_nothing_is_promised(town: Town) -> None:
    before = date(2019, 12, 31)
    for ask in (lambda: report_term(town.place, "soon", FRIDAY), lambda: daily_limits(town.place, before)):
        with pytest.raises(ServiceError) as refused:
            ask()
        assert refused.value.code == "public_reports.no_rule"
    assert hotline(town.place, before, language="zh") == ""
    assert "12345" in hotline(town.place, FRIDAY, language="zh")
    assert daily_limits(town.place, FRIDAY).photos >= 1
