"""Tallies: from when to when a case counts, and what it was on any day."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from programmes.made import added, course, day, ended, opened, to_award
from shuiheng.programmes.case import Phase
from shuiheng.programmes.errors import CaseError
from shuiheng.programmes.events import CaseEvent, Revoked, StepEnded
from shuiheng.programmes.kind import CountRule, StepOutcome
from shuiheng.programmes.tally import CaseTally, CountedSpan, Lost, tally_of

END = day(20 + 3 * 365 + 1)


def _tally(events: list[CaseEvent], **changed: object) -> CaseTally:
    return tally_of(course(**changed), "c1", events)


def _recheck(on: int, until: int) -> list[CaseEvent]:
    key = f"r{on}"
    return [added(key, "recheck", "report", on), ended("recheck", on, valid_until=day(until))]


def test_a_case_counts_from_its_award_to_the_day_after_its_last() -> None:
    tally = _tally(to_award())
    assert tally.spans["built"] == (CountedSpan(first_on=day(20), lost_on=END, why=Lost.EXPIRED),)
    assert _tally(to_award()[:-1]).spans["built"] == ()


def test_a_recheck_in_time_goes_on_and_a_late_one_begins_again() -> None:
    in_time = _tally([*to_award(), *_recheck(400, 3000)])
    assert in_time.spans["built"] == (CountedSpan(first_on=day(20), lost_on=day(3001), why=Lost.EXPIRED),)
    late = _tally([*to_award(), *_recheck(1500, 3000)])
    assert [span.first_on for span in late.spans["built"]] == [day(20), day(1500)]
    assert late.spans["built"][0].lost_on == END


def test_a_revoked_result_counts_until_the_day_before() -> None:
    tally = _tally([*to_award(), Revoked(on=day(50), by="head", reason="fraud")])
    assert tally.spans["built"] == (CountedSpan(first_on=day(20), lost_on=day(50), why=Lost.REVOKED),)
    assert tally.spans["built"][0].holds(day(49)) and not tally.spans["built"][0].holds(day(50))


def test_a_count_of_an_earlier_step_is_undone_by_a_return() -> None:
    early = replace(course().kind, counts=(CountRule(id="applied", names={}, step="apply"),))
    back = ended("review", 5, outcome=StepOutcome.RETURN, reason="缺少数据")
    tally = _tally([*to_award()[:7], back], kind=early)
    assert tally.spans["applied"] == (CountedSpan(first_on=day(2), lost_on=day(5), why=Lost.UNDONE),)


def test_phase_level_and_amount_are_those_of_the_day() -> None:
    more = StepEnded(
        on=day(100),
        by="head",
        actor="office",
        step="upgrade",
        number="B",
        level="province",
        amounts={"length": Decimal(2)},
    )
    tally = _tally([*to_award(), more])
    assert tally.phase_on(day(-1)) is None
    assert [tally.phase_on(day(number)) for number in (0, 2, 20)] == [
        Phase.PLANNED,
        Phase.UNDER_WAY,
        Phase.REACHED,
    ]
    assert [tally.level_on(day(number)) for number in (19, 20, 99, 100)] == ["", "city", "city", "province"]
    amounts = [tally.amount_on("length", day(number)) for number in (19, 20, 100)]
    assert amounts == [None, Decimal("1.5"), Decimal(2)]


def test_a_case_without_events_has_no_tally() -> None:
    with pytest.raises(CaseError):
        _tally([])
    assert _tally([opened()]).spans == {"built": (), "kilometres": ()}
