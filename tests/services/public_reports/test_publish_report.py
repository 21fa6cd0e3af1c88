"""What is published names nobody and is written by one person and published by another."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from services.public_reports.made_up import LEAK, Town
from shuiheng.adapters.records.models import PublicReport, Role
from shuiheng.services.errors import ServiceError
from shuiheng.services.found_city import join
from shuiheng.services.public_reports.publish_report import (
    close_report,
    persons_in,
    publish_report,
    withdraw_published,
    word_answer,
)

pytestmark = pytest.mark.django_db


def _code(work: object, *args: object, **named: object) -> str:
    with pytest.raises(ServiceError) as refused:
        work(*args, **named)  # type: ignore[operator]  # any service
    return refused.value.code


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("人民路消火栓已修好", ()),
        ("某小区2026年11月6日修好", ()),
        ("感谢周小芳的反映", ("name",)),
        ("回访139 0000 1234，表示满意", ("phone", "number")),
        ("联系电话０５１２-65550000", ("number",)),
        ("邮箱a.b@example.org", ("mail",)),
        ("李先生表示满意", ("titled",)),
    ],
)
def test_what_may_tell_a_person_is_found(town: Town, text: str, found: tuple[str, ...]) -> None:
    assert persons_in(town.send().row, text) == found


def test_words_that_name_the_reporter_are_never_published(town: Town) -> None:
    row = town.answered()
    words = {"title": "消火栓漏水", "answer": f"已告知{LEAK.name}"}
    assert _code(word_answer, town.clerk, row.pk, **words, is_sure=True) == "public_reports.names_contact"
    words = {"title": "消火栓漏水", "answer": "已告知李先生"}
    assert _code(word_answer, town.clerk, row.pk, **words) == "public_reports.names_person"
    assert word_answer(town.clerk, row.pk, **words, is_sure=True).public_answer == "已告知李先生"


def test_the_writer_does_not_publish(town: Town) -> None:
    row = town.answered()
    join(town.clerk, town.clerk.memberships.get().organisation, Role.OFFICE_REVIEWER)
    assert _code(publish_report, town.reviewer, row.pk) == "public_reports.no_words"
    word_answer(town.clerk, row.pk, title="消火栓漏水", answer="已更换阀门")
    assert _code(publish_report, town.clerk, row.pk) == "public_reports.own_words"
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicReport.objects.filter(pk=row.pk).update(published_by=town.clerk)
    done = publish_report(town.reviewer, row.pk)
    assert done.state == "published" and done.closed_at is not None


def test_what_was_published_is_taken_back_with_its_words(town: Town) -> None:
    row = town.answered()
    word_answer(town.clerk, row.pk, title="消火栓漏水", answer="已更换阀门")
    publish_report(town.reviewer, row.pk)
    assert _code(withdraw_published, town.reviewer, row.pk, reason=" ") == "public_reports.field"
    back = withdraw_published(town.reviewer, row.pk, reason="写错路名")
    assert (back.state, back.public_answer, back.published_by) == ("closed", "", None)
    word_answer(town.clerk, row.pk, title="消火栓漏水", answer="已更换")
    assert publish_report(town.reviewer, row.pk).state == "published"


def test_an_answered_report_is_ended_once(town: Town) -> None:
    row = town.answered()
    assert close_report(town.clerk, row.pk).state == "closed"
    assert _code(close_report, town.clerk, row.pk) == "public_reports.wrong_state"
