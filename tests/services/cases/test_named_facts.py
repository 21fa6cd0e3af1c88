"""Facts of what no ledger holds come from its list and from earlier cases, the newest word first."""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import CaseAnswer, CaseSubject, ProgrammeCase
from shuiheng.services.cases.list_subjects import list_subjects
from shuiheng.services.cases.named_facts import known_facts_of
from shuiheng.services.cases.subjects import FactValue, Subject

pytestmark = pytest.mark.django_db
NAMES = {"site_type", "visits_year"}


def _facts(city: CaseCity, name: str) -> dict[str, FactValue]:
    about = Subject(key=f"name:{name}", name=name, sort="place")
    found = known_facts_of(city.metered.place, [about], NAMES, timezone.localdate())
    return dict(found[about.key])


def _answer(city: CaseCity, row: ProgrammeCase, value: str) -> None:
    CaseAnswer.objects.create(
        case=row,
        sort="fact",
        name="visits_year",
        value=value,
        source="现场记录",
        on=timezone.localdate(),
        given_by=city.clerk,
        given_at=timezone.now(),
    )


def test_what_a_list_told_is_known_and_the_rest_is_not(city: CaseCity) -> None:
    list_subjects(city.clerk, "place", "滨江家园\t东河区\t\t居民小区")
    assert not _facts(city, "别的家园")
    found = _facts(city, "滨江家园")
    assert found["site_type"].value == "compound" and "其他对象名录" in found["site_type"].source
    assert "visits_year" not in found
    CaseSubject.objects.update(closed_by=city.clerk, closed_at=timezone.now())
    assert not _facts(city, "滨江家园")


def test_the_newest_answer_of_an_earlier_case_is_known(city: CaseCity) -> None:
    first = city.open("education_base", "水情馆", sort="place")
    other = city.open("well_closure", "水情馆", sort="place")
    _answer(city, first, "800")
    _answer(city, other, "1200")
    found = _facts(city, "水情馆")["visits_year"]
    assert found.value == 1200 and "现场记录" in found.source
