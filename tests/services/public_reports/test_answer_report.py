"""The unit that got a report answers it, no other does; the office may send the answer back."""

from __future__ import annotations

import pytest

from services.public_reports.made_up import LEAK, Town
from shuiheng.adapters.records.models import Event, Message
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.public_reports.answer_report import answer_report, return_answer

pytestmark = pytest.mark.django_db


def test_a_unit_answers_what_was_sent_to_it_only(town: Town) -> None:
    loose = town.send().row
    with pytest.raises(NotThereError):
        answer_report(town.supplier, loose.pk, answer="已修好")
    row = town.assigned()
    with pytest.raises(ServiceError):
        answer_report(town.supplier, row.pk, answer=" ")
    done = answer_report(town.supplier, row.pk, answer="已修好")
    assert (done.state, done.answer, done.answered_by) == ("answered", "已修好", town.supplier)
    with pytest.raises(ServiceError):
        answer_report(town.supplier, row.pk, answer="又修好")
    said = str(list(Event.objects.filter(action__startswith="public_report").values_list("after", flat=True)))
    assert "已修好" not in said and LEAK.words not in said


def test_an_answer_sent_back_is_not_read_any_more(town: Town) -> None:
    row = town.answered()
    with pytest.raises(ServiceError):
        return_answer(town.clerk, row.pk, reason="")
    back = return_answer(town.clerk, row.pk, reason="没有说明是否修复路面")
    assert (back.state, back.answer, back.answered_at) == ("assigned", "", None)
    assert Message.objects.filter(kind="public_report_returned", organisation=town.company).exists()
    assert answer_report(town.supplier, row.pk, answer="路面已恢复").state == "answered"
