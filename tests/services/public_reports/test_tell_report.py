"""Each step stands in the history and in the log; the log holds no words."""

from __future__ import annotations

import pytest
from django.db import transaction

from services.public_reports.made_up import LEAK, Town
from shuiheng.adapters.records.models import Event, Message, PublicReportState
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.public_reports.tell_report import report_for, tell_report, write_to_unit

pytestmark = pytest.mark.django_db


def test_a_step_is_told_without_its_words(town: Town) -> None:
    row = town.assigned()
    with pytest.raises(ServiceError):
        report_for(town.clerk, Action.PUBLIC_REPORTS_KEEP, row.pk, PublicReportState.NEW)
    with transaction.atomic():
        tell_report(town.clerk, row, "answered", before="assigned", words="已修好")
    event = Event.objects.filter(action="public_report.answered").get()
    assert event.before == {"state": "assigned"} and "已修好" not in str(event.after)
    assert row.steps.last().words == "已修好"


def test_a_unit_is_written_to_once_for_a_cause_and_reads_no_words(town: Town) -> None:
    row = town.assigned()
    for _ in range(2):
        write_to_unit(town.clerk, row, "public_report_returned", mark="x")
    found = Message.objects.get(kind="public_report_returned")
    assert row.number in found.text and LEAK.words not in found.text
    row.organisation = None
    write_to_unit(town.clerk, row, "public_report_returned", mark="y")
    assert Message.objects.filter(kind="public_report_returned").count() == 1
