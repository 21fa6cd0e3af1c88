"""Once a day every result is judged by what is known now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from services.cases.acting import Cast
from services.cases.made_up import bring_on
from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.services.cases.watch_cases import DAY_DONE, judge_all, watch_cases

pytestmark = pytest.mark.django_db


def test_all_kinds_are_judged_and_what_ran_out_turns(cast: Cast) -> None:
    school = cast.certified()
    paper = bring_on(cast.city, cast.city.open("policy_document", "节水办法", sort="organisation"))
    planned = cast.city.open("saving_compound", "清河苑", sort="place")
    far = timezone.localdate() + timedelta(days=4000)
    assert judge_all(far) >= 1
    assert judge_all(far) == 0
    held = dict(ProgrammeCase.objects.values_list("pk", "holding"))
    assert held[school.pk] == "expired" and held[planned.pk] == "not_reached"
    assert ProgrammeCase.objects.get(pk=paper.pk).judged_on == far


def test_it_is_done_once_a_day(cast: Cast) -> None:
    row = cast.certified()
    cache.delete(DAY_DONE)
    watch_cases()
    assert ProgrammeCase.objects.get(pk=row.pk).judged_on == timezone.localdate()
    ProgrammeCase.objects.filter(pk=row.pk).update(judged_on=None)
    watch_cases()
    assert ProgrammeCase.objects.get(pk=row.pk).judged_on is None
    cache.delete(DAY_DONE)
