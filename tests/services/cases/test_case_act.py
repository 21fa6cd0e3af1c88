"""An act from a page that is out of date is refused, and a person acts only as what is theirs."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone

from services.cases.acting import Cast, code
from shuiheng.services.cases.case_act import JUST_NOW, Entered, case_in_hand, word_of_actor
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action

pytestmark = pytest.mark.django_db


def test_what_happened_meanwhile_is_named(cast: Cast) -> None:
    row = cast.visited()
    with transaction.atomic(), pytest.raises(ServiceError) as refused:
        case_in_hand(cast.city.clerk, Action.CASES_STEP, row.pk, known=row.event_count - 2)
    assert refused.value.values == {"happened": "evidence_reviewed, step_ended"}
    with transaction.atomic():
        assert case_in_hand(cast.city.clerk, Action.CASES_STEP, row.pk, known=row.event_count) == row


def test_one_acts_as_the_first_word_of_the_step_that_is_ones_own(cast: Cast) -> None:
    row = cast.invited()
    assert word_of_actor(cast.city.clerk, row, ["unit", "office"], step="apply") == "office"
    assert word_of_actor(cast.city.clerk, row, ["expert", "office"], step="apply", given="office") == "office"
    assert word_of_actor(cast.filer, row, ["unit", "office"], step="apply") == "unit"
    assert code(word_of_actor, cast.filer, row, ["office"], step="apply") == "cases.not_your_step"


def test_the_day_is_today_unless_it_is_told() -> None:
    assert JUST_NOW.day == timezone.localdate()
    assert Entered(on=date(2025, 3, 1)).day == date(2025, 3, 1)
