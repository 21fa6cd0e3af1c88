"""Who may have a case of a kind, who may not, and of whom it is not known."""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity, bring_on
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.services.cases.eligibility import Candidate, Eligible, run_eligibility
from shuiheng.services.cases.keep_case import open_case
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def _run(city: CaseCity, kind: str) -> dict[str, Candidate]:
    seen = sight(city.clerk, Action.CASES_KEEP)
    found = run_eligibility(seen, city.metered.place, shipped_programmes()[kind], timezone.localdate())
    return {each.subject.name: each for each in found}


def test_each_candidate_stands_with_what_decides(city: CaseCity) -> None:
    city.user("中学", use_class="services", industry_code="8334")
    city.user("印染厂", use_class="industry", industry_code="1713")
    city.user("无代码单位", use_class="services")
    found = _run(city, "saving_school")
    assert {name: each.standing for name, each in found.items()} == {
        "中学": Eligible.YES,
        "印染厂": Eligible.NO,
        "无代码单位": Eligible.OPEN,
    }
    assert found["无代码单位"].judged.missing == ("site_type",)
    assert "行业代码8334" in found["中学"].facts["site_type"].source


def test_what_only_a_person_can_say_leaves_a_candidate_open(city: CaseCity) -> None:
    city.user("印染厂", use_class="industry")
    found = _run(city, "saving_enterprise")["印染厂"]
    assert found.standing is Eligible.OPEN
    assert set(found.judged.missing) == {"broke_water_law", "uses_eliminated"}


def test_a_kind_without_conditions_is_open_to_all(city: CaseCity) -> None:
    city.user("印染厂")
    assert _run(city, "saving_award")["印染厂"].standing is Eligible.YES


def test_who_has_a_case_is_not_asked_again(city: CaseCity) -> None:
    user = city.user("中学", use_class="services", industry_code="8334")
    row = open_case(city.clerk, city.opening("saving_school", "中学", subject=city.about(user)))
    found = _run(city, "saving_school")["中学"]
    assert (found.standing, found.case) == (Eligible.RUNNING, row.pk)
    bring_on(city, row)
    found = _run(city, "saving_school")["中学"]
    assert (found.standing, found.case) == (Eligible.HELD, row.pk)
