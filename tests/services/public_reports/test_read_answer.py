"""Who knows number and code reads the answer; nobody else reads anything but what is published."""

from __future__ import annotations

import pytest

from services.public_reports.made_up import HOME, LEAK, Town
from shuiheng.services.errors import ServiceError
from shuiheng.services.public_reports.answer_report import answer_report
from shuiheng.services.public_reports.publish_report import publish_report, word_answer
from shuiheng.services.public_reports.read_answer import OwnAnswer, published_answers, read_answer
from shuiheng.services.public_reports.take_report import Receipt
from shuiheng.services.public_reports.triage_report import (
    Sorting,
    merge_report,
    refuse_report,
    triage_report,
)

pytestmark = pytest.mark.django_db


def _read(town: Town, receipt: Receipt) -> OwnAnswer:
    return read_answer(town.place, number=receipt.row.number, code=receipt.code, address=HOME)


def test_the_answer_is_read_with_number_and_code_only(town: Town) -> None:
    receipt = town.send()
    assert (_read(town, receipt).state, _read(town, receipt).answer) == ("new", "")
    for number, code in ((receipt.row.number, "AAAAAAAAAA"), ("1", receipt.code), ("", "")):
        with pytest.raises(ServiceError) as refused:
            read_answer(town.place, number=number, code=code, address=HOME)
        assert refused.value.code == "public_reports.not_found"
    triage_report(town.clerk, receipt.row.pk, Sorting(kind="hydrant", organisation=town.company.pk))
    answer_report(town.supplier, receipt.row.pk, answer="已修好")
    assert (_read(town, receipt).state, _read(town, receipt).answer) == ("answered", "已修好")


def test_of_a_merged_report_the_answer_to_the_other_is_read(town: Town) -> None:
    first, second = town.send(), town.send()
    merge_report(town.clerk, second.row.pk, into=first.row.number)
    assert _read(town, second).is_merged and _read(town, second).answer == ""
    refuse_report(town.clerk, first.row.pk, reason="属市政管理，请拨打热线")
    assert (_read(town, second).state, _read(town, second).answer) == ("refused", "属市政管理，请拨打热线")


def test_the_public_list_holds_what_two_persons_published(town: Town) -> None:
    row = town.answered()
    assert not published_answers(town.place)
    word_answer(town.clerk, row.pk, title="消火栓漏水", answer="已更换阀门")
    assert not published_answers(town.place)
    publish_report(town.reviewer, row.pk)
    assert [each.public_title for each in published_answers(town.place)] == ["消火栓漏水"]
    assert LEAK.name not in row.public_answer
