"""The office sorts, merges and refuses; the term follows the matter from the day on which it came in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from services.public_reports.made_up import LEAK, Town
from shuiheng.adapters.records.models import Message, PublicReport
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city
from shuiheng.services.public_reports.report_terms import report_term
from shuiheng.services.public_reports.triage_report import (
    Sorting,
    merge_report,
    refuse_report,
    triage_report,
)

pytestmark = pytest.mark.django_db


def _code(work: object, *args: object, **named: object) -> str:
    with pytest.raises(ServiceError) as refused:
        work(*args, **named)  # type: ignore[operator]  # any service
    return refused.value.code


def test_another_matter_brings_another_term_and_a_unit_is_told_once(town: Town) -> None:
    row = town.send().row
    sorted_ = triage_report(town.clerk, row.pk, Sorting(kind="burst_pipe", district=town.district.pk))
    urgent = report_term(town.place, "urgent", timezone.localdate(row.received_at))
    assert (sorted_.state, sorted_.due_on, sorted_.district) == ("triaged", urgent.due_on, town.district)
    assert not Message.objects.exists()
    to_company = Sorting(kind="burst_pipe", organisation=town.company.pk, note="请今天到场")
    for _ in range(2):
        row = triage_report(town.clerk, row.pk, to_company)
    assert row.state == "assigned" and Message.objects.filter(organisation=town.company).count() == 1
    assert row.steps.filter(words="请今天到场").count() == 2


def test_matters_units_and_people_that_do_not_fit_are_refused(town: Town) -> None:
    row = town.send().row
    assert _code(triage_report, town.clerk, row.pk, Sorting(kind="x")) == "public_reports.field"
    with pytest.raises(NotThereError):
        triage_report(town.clerk, row.pk, Sorting(kind="waste", district=town.place.pk))
    foreign = found_city("临江市", slug="linjiang")
    with pytest.raises(NotThereError):
        triage_report(town.clerk, row.pk, Sorting(kind="waste", organisation=foreign.pk))
    for other in (town.reviewer, town.supplier):
        with pytest.raises(NotPermittedError):
            triage_report(other, row.pk, Sorting(kind="waste"))


def test_merged_reports_follow_to_the_last_and_never_to_themselves(town: Town) -> None:
    first, second, third = (
        town.send(replace(LEAK, words=f"第{place}次说漏水")).row for place in ("一", "二", "三")
    )
    assert _code(merge_report, town.clerk, first.pk, into=first.number) == "public_reports.no_target"
    assert _code(merge_report, town.clerk, first.pk, into="0") == "public_reports.no_target"
    merge_report(town.clerk, first.pk, into=second.number)
    assert _code(merge_report, town.clerk, third.pk, into=first.number) == "public_reports.no_target"
    merge_report(town.clerk, second.pk, into=third.number)
    assert set(PublicReport.objects.filter(merged_into=third)) == {first, second}
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicReport.objects.filter(pk=third.pk).update(state="merged")


def test_a_refusal_says_why_and_is_the_end(town: Town) -> None:
    row = town.send().row
    assert _code(refuse_report, town.clerk, row.pk, reason=" ") == "public_reports.field"
    gone = refuse_report(town.clerk, row.pk, reason="不属于节水事项")
    assert (gone.state, gone.answer) == ("refused", "不属于节水事项") and gone.closed_at
    assert _code(refuse_report, town.clerk, row.pk, reason="再次") == "public_reports.wrong_state"
