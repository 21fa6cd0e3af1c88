"""What the database itself refuses of cases, whoever writes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from office import the_office
from shuiheng.adapters.records.models import Account, CaseEvidence, CaseSubject, ProgrammeCase

pytestmark = pytest.mark.django_db


def _person(name: str) -> Account:
    return Account.objects.get_or_create(username=name)[0]


def _case(**changed: object) -> ProgrammeCase:
    office = the_office()
    given = {
        "place": office.place,
        "district": office.place,
        "kind": "saving_school",
        "kind_version": 1,
        "subject_key": "name:甲校",
        "subject_name": "甲校",
        "opened_on": date(2025, 1, 1),
        "last_on": date(2025, 1, 1),
        "made_by": _person("clerk"),
        "made_at": timezone.now(),
    }
    return ProgrammeCase.objects.create(**(given | changed))


def test_a_subject_has_one_case_of_a_kind_under_way() -> None:
    _case()
    with pytest.raises(IntegrityError), transaction.atomic():
        _case(phase="under_way")
    _case(phase="withdrawn")
    _case(kind="model_school")


def test_a_certificate_number_is_given_once() -> None:
    _case(number="青节〔2025〕1号")
    with pytest.raises(IntegrityError), transaction.atomic():
        _case(subject_key="name:乙校", number="青节〔2025〕1号")


def test_a_case_is_not_reached_without_its_day() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _case(phase="reached")
    with pytest.raises(IntegrityError), transaction.atomic():
        _case(phase="finished")


def test_nobody_reviews_evidence_that_the_same_person_brought() -> None:
    case = _case()
    given = {"case": case, "step": "apply", "kind": "photo", "submitted_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseEvidence.objects.create(
            key="e1", submitted_by=case.made_by, reviewed_by=case.made_by, is_accepted=True, **given
        )
    CaseEvidence.objects.create(key="e2", submitted_by=case.made_by, **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseEvidence.objects.create(key="e2", submitted_by=case.made_by, **given)


def _listed(**changed: object) -> CaseSubject:
    city, now = the_office().place, timezone.now()
    given = {"place": city, "district": city, "sort": "pipe_section", "name": "滨江路管段"}
    given |= {"listed_by": _person("clerk"), "listed_at": now}
    return CaseSubject.objects.create(**(given | changed))


def test_a_name_stands_once_for_each_sort_and_a_closed_one_says_by_whom() -> None:
    _listed()
    _listed(sort="event")
    with pytest.raises(IntegrityError), transaction.atomic():
        _listed()
    with pytest.raises(IntegrityError), transaction.atomic():
        _listed(name="文昌路管段", closed_at=timezone.now())
