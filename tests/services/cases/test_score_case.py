"""A score takes the ledger first, then what persons entered; what neither tells stays unknown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.cases.acting import Cast
from shuiheng.programmes.scoring import Verdict
from shuiheng.services.cases.answer_case import GivenAnswer, answer_case
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.keep_case import open_case
from shuiheng.services.cases.score_case import (
    case_facts,
    manual_points,
    read_answer,
    score_case,
    scored_facts,
    scores_of,
    subject_of,
)
from shuiheng.services.rules.rulebook_now import rulebook_now

pytestmark = pytest.mark.django_db


def test_nothing_known_is_open_and_all_known_passes_with_its_sources(cast: Cast) -> None:
    row = cast.invited()
    before = score_case(row, cast.on(3))
    assert before is not None and before.verdict("city") is Verdict.OPEN
    assert {"norm_grade", "points:teaching"} <= set(before.missing)
    cast.score(row)
    assert (score_case(row, cast.on(2)) or before).verdict("city") is Verdict.OPEN  # not yet answered
    after = score_case(row, cast.on(3))
    assert after is not None and after.passed_levels == {"city", "province"}
    origins = {term.origin for line in after.lines for term in line.points.terms}
    assert {each.partition(":")[0] for each in origins} >= {"answer"}


def test_what_the_ledger_says_counts_before_what_was_entered(cast: Cast) -> None:
    cast.city.metered.meter(cast.school)
    row = cast.invited()
    answer_case(
        cast.inspector,
        row.pk,
        [GivenAnswer(sort="fact", name="metering_rate", value="0.5")],
        source="现场记录",
        on=cast.on(1),
    )
    facts = case_facts(row.place, kind_of(row), [row], cast.on(2))[row.pk]
    assert facts["metering_rate"].value == Decimal(1)
    assert "用水户台账" in facts["metering_rate"].origin


def test_a_kind_without_criteria_has_no_score(cast: Cast) -> None:
    row = cast.city.open("campaign", "世界水日", sort="event")
    assert score_case(row, cast.on(1)) is None
    assert scored_facts(kind_of(row)) == frozenset() and manual_points(kind_of(row)) == {}


def test_many_cases_take_as_many_queries_as_one(cast: Cast) -> None:
    rows = [cast.invited()]
    for number in range(3):
        user = cast.city.user(f"青禾{number}小", use_class="services", industry_code="8321")
        opening = cast.city.opening("saving_school", f"{number}小", subject=cast.city.about(user))
        rows.append(open_case(cast.city.clerk, opening))
    kind, book, place = kind_of(rows[0]), rulebook_now(rows[0].place), rows[0].place
    with CaptureQueriesContext(connection) as one:
        scores_of(place, kind, rows[:1], cast.on(3), book=book)
    with CaptureQueriesContext(connection) as many:
        found = scores_of(place, kind, rows, cast.on(3), book=book)
    assert len(found) == 4 and len(many) == len(one)


def test_answers_are_read_in_the_form_of_their_fact() -> None:
    assert read_answer("criterion", "teaching", "7.5") == Decimal("7.5")
    assert read_answer("fact", "broke_water_law", "no") is False
    assert read_answer("fact", "norm_grade", "leader") == "leader"
    wrong = [("fact", "norm_grade", "yes"), ("fact", "moon", "1"), ("fact", "fixture_rate", "inf")]
    assert [read_answer(*each) for each in wrong] == [None] * 3


def test_a_case_is_asked_about_as_its_subject(cast: Cast) -> None:
    row = cast.invited()
    subject = subject_of(row, kind_of(row))
    assert (subject.key, subject.user, subject.place) == (f"user:{cast.school.pk}", cast.school.pk, None)
    area = cast.city.open("saving_city", "青禾市", sort="area")
    area.subject_key = f"place:{area.place_id}"
    assert subject_of(area, kind_of(area)).place == area.place_id
