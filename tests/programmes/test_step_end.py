"""The end of a step: order, persons, evidence, score, publication, return, refusal, recheck and upgrade."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from programmes.made import BOTH, accepted, added, course, day, ended, state, to_award
from shuiheng.programmes.case import Phase, open_steps
from shuiheng.programmes.case_state import apply
from shuiheng.programmes.errors import CaseError, MissingEvidenceError
from shuiheng.programmes.events import CaseEvent, StepEnded
from shuiheng.programmes.kind import StepOutcome

RETURN, REFUSE = StepOutcome.RETURN, StepOutcome.REFUSE
TO_REVIEW, TO_PUBLISH, TO_AWARD = 7, 9, 10


def _code(events: list[CaseEvent], last: StepEnded) -> str:
    before = state(events)
    with pytest.raises(CaseError) as caught:
        apply(course(), before, last)
    return caught.value.code


def test_a_step_waits_for_those_before_it_and_ends_once() -> None:
    events = to_award()[:TO_REVIEW]
    assert _code(events, ended("award", 5, number="A")) == "programmes.step_not_open"
    assert _code(events, ended("apply", 5)) == "programmes.step_not_open"
    assert _code(events, ended("lunch", 5)) == "programmes.unknown_step"


def test_an_optional_step_holds_nothing_up() -> None:
    assert "note" in open_steps(course().kind, state(to_award()[:TO_REVIEW]))
    assert state(to_award()).phase is Phase.REACHED


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"actor": "visitor"}, "programmes.wrong_actor"),
        ({"by": "school"}, "programmes.same_person"),
        ({"passed_levels": frozenset()}, "programmes.below_mark"),
        ({"passed_levels": frozenset({"province"})}, "programmes.below_mark"),
        ({"outcome": RETURN}, "programmes.word_missing"),
        ({"outcome": REFUSE, "reason": " "}, "programmes.word_missing"),
        ({"amounts": {"weight": Decimal(1)}}, "programmes.bad_amount"),
        ({"amounts": {"length": Decimal(-1)}}, "programmes.bad_amount"),
        ({"amounts": {"length": Decimal("NaN")}}, "programmes.bad_amount"),
    ],
)
def test_a_review_that_lacks_what_it_needs_is_refused(changed: dict[str, Any], code: str) -> None:
    assert _code(to_award()[:TO_REVIEW], ended("review", 5, **{"passed_levels": BOTH, **changed})) == code


def test_no_step_goes_on_without_its_evidence() -> None:
    events = to_award()
    assert _code(events[:1], ended("apply", 2)) == "programmes.evidence_missing"
    for kept in range(3, TO_REVIEW):
        before = state(events[:kept])
        with pytest.raises(MissingEvidenceError) as caught:
            apply(course(), before, ended("review", 5, passed_levels=BOTH))
        assert caught.value.needs == ("photo",)


def test_a_result_lies_open_for_its_workdays() -> None:
    events = to_award()[:TO_PUBLISH]
    # laid open on Sunday 7 January 2024: Monday to Friday are the five workdays
    assert _code(events, ended("publish", 11)) == "programmes.publication_runs"
    assert "publish" in state([*events, ended("publish", 12)]).ended
    assert _code(to_award()[: TO_PUBLISH - 1], ended("publish", 19)) == "programmes.publication_missing"


def test_an_award_has_a_number_a_level_that_exists_and_a_last_day() -> None:
    events = to_award()[:TO_AWARD]
    good = {"number": "A-1", "valid_until": day(900)}
    for changed, code in (
        ({"number": ""}, "programmes.word_missing"),
        ({"valid_until": None}, "programmes.word_missing"),
        ({"valid_until": day(19)}, "programmes.word_missing"),
        ({"level": "planet"}, "programmes.bad_level"),
    ):
        assert _code(events, ended("award", 20, **{**good, **changed})) == code
    assert _code(events, ended("award", 20, outcome=REFUSE, reason="no")) == "programmes.bad_outcome"
    assert state([*events, ended("award", 20, **good, level="province")]).level == "province"


def test_no_level_is_given_of_which_the_mark_was_not_reached() -> None:
    city = frozenset({"city"})
    events: list[CaseEvent] = [
        replace(event, passed_levels=city) if isinstance(event, StepEnded) else event
        for event in to_award()[:TO_AWARD]
    ]
    good = {"number": "A-1", "valid_until": day(900)}
    assert state([*events, ended("award", 20, **good)]).level == "city"
    assert _code(events, ended("award", 20, **good, level="province")) == "programmes.below_mark"


def test_a_return_opens_the_step_and_all_that_rest_on_it_again() -> None:
    sent_back = ended("review", 5, outcome=RETURN, reason="缺少数据")
    events: list[CaseEvent] = [*to_award()[:TO_REVIEW], sent_back]
    after = state(events)
    assert (after.phase, dict(after.ended)) == (Phase.UNDER_WAY, {})
    assert _code(events, ended("review", 6, passed_levels=BOTH)) == "programmes.step_not_open"
    again: list[CaseEvent] = [
        *events,
        ended("apply", 6, by="school", actor="unit"),
    ]
    assert open_steps(course().kind, state(again)) == ("note", "review")
    second = ended("review", 7, passed_levels=BOTH)
    assert _code(again, second) == "programmes.evidence_missing"  # the photos are those of the first review
    for key in ("p3", "p4"):
        again += [added(key, "review", "photo", 7), accepted(key, 7)]
    assert open_steps(course().kind, state([*again, second])) == ("note", "publish")


def test_a_refusal_ends_the_case() -> None:
    refused = ended("review", 5, outcome=REFUSE, reason="用水超定额")
    after = state([*to_award()[:TO_REVIEW], refused])
    assert after.phase is Phase.REFUSED
    assert open_steps(course().kind, after) == ()


def test_a_recheck_needs_evidence_of_its_own_each_time_and_renews_the_last_day() -> None:
    first = [*to_award(), added("r1", "recheck", "report", 400)]
    kept = ended("recheck", 401, valid_until=day(2000))
    assert state([*first, kept]).valid_until == day(2000)
    assert _code(to_award(), kept) == "programmes.evidence_missing"
    assert (
        _code([*first, kept], ended("recheck", 800, valid_until=day(3000))) == "programmes.evidence_missing"
    )
    assert _code(first, ended("recheck", 401)) == "programmes.word_missing"
    failed = ended("recheck", 401, outcome=REFUSE, reason="不再符合")
    assert state([*first, failed]).phase is Phase.REVOKED
    assert _code(first, ended("recheck", 401, outcome=RETURN, reason="x")) == "programmes.bad_outcome"


def test_a_recheck_or_upgrade_comes_after_the_award() -> None:
    for name in ("recheck", "upgrade"):
        assert _code(to_award()[:TO_AWARD], ended(name, 20, number="B")) == "programmes.wrong_phase"


def test_an_upgrade_rises_and_never_falls() -> None:
    risen = ended("upgrade", 100, number="B-1", level="province")
    after = state([*to_award(), risen])
    assert [(each.level, each.on) for each in after.levels] == [("city", day(20)), ("province", day(100))]
    assert (after.number, after.valid_until) == ("B-1", day(20 + 3 * 365))
    late = ended("upgrade", 2000, number="B-1", level="province")
    assert _code(to_award(), late) == "programmes.word_missing"  # what has expired does not rise by itself
    assert _code(to_award(), replace(risen, valid_until=day(99))) == "programmes.word_missing"
    assert state([*to_award(), replace(late, valid_until=day(2000))]).valid_until == day(2000)
    for level in ("", "city", "planet"):
        assert _code(to_award(), ended("upgrade", 100, number="B", level=level)) == "programmes.bad_level"
    assert (
        _code([*to_award(), risen], ended("upgrade", 200, number="C", level="province"))
        == "programmes.bad_level"
    )
