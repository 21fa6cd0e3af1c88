"""Questions are shown with their answers, or with what was typed into a form that was refused."""

from __future__ import annotations

import pytest

from services.inspections.check_city import CheckedCity
from shuiheng.web.pages.checks.shown import shown_items

pytestmark = pytest.mark.django_db


def test_answers_stand_beside_their_questions_and_places_run_on(checked: CheckedCity) -> None:
    row = checked.filled(checked.check())
    (item,) = shown_items(row, list(row.answers.all()), [])
    assert [(each.place, each.said, each.note) for each in item.questions] == [
        (0, "否", "二号口"),
        (1, "", ""),
        (2, "", ""),
    ]
    typed = {f"a-{checked.question}": "yes", f"n-{checked.question}": "新装"}
    (item,) = shown_items(row, list(row.answers.all()), [], typed)
    assert (item.questions[0].answer, item.questions[0].note) == ("yes", "新装")
