"""Points and facts are given with their source, by who scores or reviews; the latest stands, all are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from services.cases.acting import Cast, code
from shuiheng.adapters.records.models import CaseAnswer, Event, ProgrammeCase
from shuiheng.services.cases.answer_case import GivenAnswer, answer_case, choices_of
from shuiheng.services.cases.give_up_case import give_up_case

pytestmark = pytest.mark.django_db
TEN = GivenAnswer(sort="criterion", name="teaching", value="10")
FIXTURES = GivenAnswer(sort="fact", name="fixture_rate", value="0.95")


def test_an_answer_takes_the_place_of_the_one_before_and_both_are_kept(cast: Cast) -> None:
    row = cast.invited()
    answer_case(cast.inspector, row.pk, [TEN, FIXTURES], source="现场记录")
    eight = GivenAnswer(sort="criterion", name="teaching", value="8")
    answer_case(cast.inspector, row.pk, [eight], source="复核后更正")
    said = CaseAnswer.objects.filter(case=row, name="teaching").order_by("pk")
    assert [(each.value, each.superseded_at is None) for each in said] == [("10", False), ("8", True)]
    kept = ProgrammeCase.objects.get(pk=row.pk)
    assert kept.score_lowest is not None and kept.score_lowest > 8
    assert answer_case(cast.inspector, row.pk, [eight], source="复核后更正") == []
    assert Event.objects.filter(action="case.answered").count() == 2
    answer_case(
        cast.inspector, row.pk, [GivenAnswer(sort="criterion", name="teaching", value="")], source="误填"
    )
    assert not CaseAnswer.objects.filter(case=row, name="teaching", superseded_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("sort", "name", "value", "wanted"),
    [
        ("criterion", "teaching", "10.5", "programmes.bad_points"),
        ("criterion", "teaching", "-1", "programmes.bad_points"),
        ("criterion", "teaching", "ten", "cases.bad_answer"),
        ("criterion", "teaching", "NaN", "cases.bad_answer"),
        ("criterion", "metering", "5", "cases.no_such_answer"),
        ("fact", "visits_year", "5", "cases.no_such_answer"),
        ("fact", "norm_grade", "best", "cases.bad_answer"),
        ("fact", "broke_water_law", "true", "cases.bad_answer"),
        ("moon", "teaching", "5", "cases.no_such_answer"),
    ],
)
def test_what_is_no_answer_is_refused_whole(
    cast: Cast, sort: str, name: str, value: str, wanted: str
) -> None:
    row = cast.invited()
    wrong = GivenAnswer(sort=sort, name=name, value=value)
    assert code(answer_case, cast.inspector, row.pk, [TEN, wrong], source="现场记录") == wanted
    assert not CaseAnswer.objects.exists()


def test_an_answer_needs_a_source_a_day_that_has_come_and_a_case_that_runs(cast: Cast) -> None:
    row = cast.invited()
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert code(answer_case, cast.inspector, row.pk, [TEN], source=" ") == "cases.source_needed"
    ahead = code(answer_case, cast.inspector, row.pk, [TEN], source="记录", on=tomorrow)
    assert ahead == "cases.future_day"
    give_up_case(cast.city.clerk, row.pk, reason="重复")
    assert code(answer_case, cast.inspector, row.pk, [TEN], source="记录") == "programmes.wrong_phase"


def test_the_unit_does_not_score_itself(cast: Cast) -> None:
    row = cast.invited()
    assert code(answer_case, cast.filer, row.pk, [TEN], source="自评") == "cases.not_your_step"


def test_words_and_flags_are_chosen() -> None:
    assert choices_of("broke_water_law") == ["yes", "no"]
    assert choices_of("norm_grade") == ["leader", "advanced", "qualified", "over"]
    assert choices_of("fixture_rate") == []
