"""A result turns at risk by what readings say, is told once, and holds again by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from services.cases.acting import Cast, check_kept
from shuiheng.adapters.records.models import Event, Message, ProgrammeCase
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.living import living_status
from shuiheng.services.cases import living
from shuiheng.services.cases import score_case as scoring
from shuiheng.services.cases.answer_case import GivenAnswer, answer_case
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.keep_case import state_of
from shuiheng.services.cases.living import judge_cases, keep_judged, risk_names
from shuiheng.services.cases.subjects import FactValue
from shuiheng.services.errors import UnreadableKindError
from shuiheng.services.kinds.kinds_now import FIRST_LOCAL
from shuiheng.services.rules.rulebook_now import rulebook_now

pytestmark = pytest.mark.django_db


def _readings_say(monkeypatch: pytest.MonkeyPatch, grade: str) -> None:
    def told(place: object, subjects: list[object], names: object, on: object) -> dict[str, object]:
        fact = FactValue(value=grade, source="计量数据2025年")
        return {each.key: {"norm_grade": fact} for each in subjects}  # type: ignore[attr-defined]  # subjects

    monkeypatch.setattr(scoring, "facts_for", told)


def _judge(row: ProgrammeCase, days: int = 0) -> ProgrammeCase:
    today = timezone.localdate() + timedelta(days=days)
    kept = ProgrammeCase.objects.get(pk=row.pk)
    keep_judged(judge_cases(kept.place, [kept], today, book=rulebook_now(kept.place)), today)
    return ProgrammeCase.objects.get(pk=row.pk)


def test_a_school_turns_at_risk_with_the_reason_and_holds_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = cast.certified()
    assert _judge(row).holding == "valid" and not Message.objects.filter(kind="case_at_risk").exists()
    _readings_say(monkeypatch, "over")
    risky = _judge(row)
    assert risky.holding == "at_risk" and risky.phase == "reached"
    assert risky.risks[0] == {
        "criterion": "norm_met",
        "facts": [["norm_grade", "over", "计量数据2025年"]],
    }
    assert risk_names(kind_of(row), risky.risks)[0] == "用水水平不超过现行用水定额"
    told = Message.objects.filter(kind="case_at_risk")
    names = {each.organisation.name for each in told if each.organisation is not None}
    assert {"青禾中学", "东河区水务局"} <= names and len(names) == 3
    assert "用水水平不超过现行用水定额" in told[0].text
    _judge(row)
    assert told.count() == 3 and Event.objects.filter(action="case.at_risk").count() == 1
    _readings_say(monkeypatch, "qualified")
    again = _judge(row)
    assert (again.holding, again.risks) == ("valid", [])
    assert Message.objects.filter(kind="case_holds_again").count() == 3
    check_kept(row)


def test_what_is_unknown_puts_nobody_at_risk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = cast.certified()
    monkeypatch.setattr(scoring, "facts_for", lambda place, subjects, names, on: {})
    monkeypatch.setattr(scoring, "_entered", lambda keys, on: {})
    kept = _judge(row)
    assert kept.holding == "valid" and kept.score_lowest == 0


def test_what_a_person_finds_out_after_the_award_turns_it_at_once(cast: Cast) -> None:
    row = cast.certified()
    found = GivenAnswer(sort="fact", name="broke_water_law", value="yes")
    answer_case(cast.city.clerk, row.pk, [found], source="处罚决定")
    kept = ProgrammeCase.objects.get(pk=row.pk)
    assert kept.holding == "at_risk"
    assert [each["criterion"] for each in kept.risks] == ["no_violation"]


def test_what_has_run_out_is_expired_and_told_once(cast: Cast) -> None:
    row = cast.certified()
    kept = ProgrammeCase.objects.get(pk=row.pk)
    assert kept.valid_until is not None
    late = (kept.valid_until - timezone.localdate()).days + 1
    assert _judge(row, late - 1).holding != "expired"
    assert _judge(row, late).holding == "expired"
    _judge(row, late + 1)
    told = Message.objects.filter(kind="case_expired")
    assert told.count() == 3 and kept.valid_until.isoformat() in told[0].text


def test_a_case_that_changed_meanwhile_is_left_for_the_next_round(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = cast.certified()
    _readings_say(monkeypatch, "over")
    today, kept = timezone.localdate(), ProgrammeCase.objects.get(pk=row.pk)
    judged = judge_cases(kept.place, [kept], today, book=rulebook_now(kept.place))
    ProgrammeCase.objects.filter(pk=row.pk).update(event_count=kept.event_count + 1)
    assert keep_judged(judged, today) == 0
    assert ProgrammeCase.objects.get(pk=row.pk).holding == "valid"


def test_kept_columns_judge_as_the_events_do(cast: Cast) -> None:
    row = ProgrammeCase.objects.get(pk=cast.certified().pk)
    assert row.reached_on is not None
    for days in range(0, 3000, 149):
        on = row.reached_on + timedelta(days=days)
        judged = judge_cases(row.place, [row], on, book=rulebook_now(row.place))[0]
        expected = living_status(state_of(row), on=on, score=judged.score, recheck_due_on=row.recheck_on)
        assert judged.status == expected


def test_a_version_that_nobody_can_read_any_more_keeps_no_other_case_from_being_judged(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ProgrammeCase.objects.get(pk=cast.certified().pk)
    readable, lost = row, ProgrammeCase.objects.get(pk=row.pk)
    lost.kind_version = FIRST_LOCAL

    def read(each: ProgrammeCase) -> ProgrammeKind:
        if each.kind_version == FIRST_LOCAL:
            raise UnreadableKindError(kind=each.kind, version=FIRST_LOCAL, line=1, reason="colour")
        return kind_of(each)

    monkeypatch.setattr(living, "kind_of", read)
    judged = judge_cases(row.place, [lost, readable], timezone.localdate(), book=rulebook_now(row.place))
    assert len(judged) == 1 and judged[0].row is readable
