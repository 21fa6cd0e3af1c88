"""What a query asks of a list of cases is read with care; a step that is gone is shown by its id."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils import timezone

from services.cases.made_up import CaseCity
from shuiheng.web.pages.cases.shown import kinds_shown, lines_of, wanted_from, who_words

pytestmark = pytest.mark.django_db


def test_keys_are_read_as_numbers_and_what_is_none_is_dropped(city: CaseCity) -> None:
    request = RequestFactory().get("/?keys=3,x,-1,7&kind=saving_school&order=due&district=5&unit=x")
    request.user = city.clerk
    wanted = wanted_from(request, kinds_shown(request))
    assert wanted.keys == (3, 7) and wanted.kind == "saving_school" and wanted.order == "due"
    assert (wanted.district, wanted.unit, wanted.steps) == (5, None, None)
    request = RequestFactory().get("/?mine=1")
    request.user = city.clerk
    assert "saving_school" in (wanted_from(request, kinds_shown(request)).steps or {})


def test_a_case_is_shown_with_its_next_step_even_when_its_kind_no_longer_has_it(city: CaseCity) -> None:
    request = RequestFactory().get("/")
    request.user = city.clerk
    kinds, today = kinds_shown(request), timezone.localdate()
    row = city.open("saving_compound", "甲苑", sort="place")
    (line,) = lines_of([row], kinds, today)
    step = kinds["saving_compound"].step("apply")
    assert (line.step, line.who, line.is_late) == (step.names["zh"], who_words(step), True)
    row.open_steps = ["gone"]
    assert lines_of([row], kinds, today)[0].step == "gone"
    assert lines_of([row], {}, today)[0].kind == "saving_compound"
