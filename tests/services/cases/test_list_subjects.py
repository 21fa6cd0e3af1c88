"""A list of things that no register holds is entered whole or not at all, and each can be closed."""

from __future__ import annotations

import pytest

from office import make_account
from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import CaseSubject, Event, Organisation, OrganisationKind, Role
from shuiheng.services.cases.list_subjects import ListRefusedError, close_subject, list_subjects
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import join

pytestmark = pytest.mark.django_db
PIPE = "pipe_section"


def test_a_list_is_entered_once_and_later_lists_change_what_stands(city: CaseCity) -> None:
    text = "滨江路管段\t东河区\tGD-1\n文昌路管段"
    assert (found := list_subjects(city.clerk, PIPE, text)).new == 2 and not found.changed
    assert list_subjects(city.clerk, PIPE, text).same == 2
    close_subject(city.clerk, CaseSubject.objects.get(name="文昌路管段").pk, is_closed=True)
    found = list_subjects(city.clerk, PIPE, "滨江路管段\t西山区\tGD-1\n文昌路管段")
    assert (found.new, found.changed, found.same) == (0, 2, 0)
    row = CaseSubject.objects.get(name="滨江路管段")
    assert row.district.name == "西山区"
    assert not CaseSubject.objects.filter(closed_at__isnull=False).exists()
    assert Event.objects.filter(action="case_subjects.listed").count() == 2


def test_a_list_with_a_fault_brings_nothing(city: CaseCity) -> None:
    with pytest.raises(ListRefusedError) as caught:
        list_subjects(city.clerk, PIPE, "滨江路管段\n文昌路管段\t别处区\n\t东河区")
    assert [each.number for each in caught.value.faults] == [2, 3]
    assert not CaseSubject.objects.exists()
    for sort, text, code in (("water_user", "甲", "no_sort"), ("x", "甲", "no_sort"), (PIPE, " \n", "empty")):
        with pytest.raises(ServiceError, match=f"case_subjects.{code}"):
            list_subjects(city.clerk, sort, text)


def test_a_district_lists_its_own_and_touches_no_others(city: CaseCity) -> None:
    district = make_account("district")
    seat = {"slug": "donghe-gov", "name": "东河区人民政府", "kind": OrganisationKind.DISTRICT}
    join(district, Organisation.objects.create(place=city.district, **seat), Role.DISTRICT_CLERK)
    list_subjects(city.clerk, PIPE, "西山路管段\t西山区")
    list_subjects(district, PIPE, "滨江路管段")
    assert CaseSubject.objects.get(name="滨江路管段").district == city.district
    with pytest.raises(ListRefusedError):
        list_subjects(district, PIPE, "文昌路管段\t西山区")
    with pytest.raises(ServiceError, match="elsewhere"):
        list_subjects(district, PIPE, "西山路管段\t东河区")
    with pytest.raises(NotThereError):
        close_subject(district, CaseSubject.objects.get(name="西山路管段").pk, is_closed=True)


def test_who_keeps_no_cases_lists_nothing(city: CaseCity) -> None:
    with pytest.raises(NotPermittedError):
        list_subjects(make_account("reader", Role.READER), PIPE, "滨江路管段")


def test_closing_twice_is_told_once(city: CaseCity) -> None:
    list_subjects(city.clerk, PIPE, "滨江路管段")
    row = CaseSubject.objects.get()
    for _ in range(2):
        close_subject(city.clerk, row.pk, is_closed=True)
    assert Event.objects.filter(action="case_subject.closed").count() == 1
    assert close_subject(city.clerk, row.pk, is_closed=False).closed_at is None
