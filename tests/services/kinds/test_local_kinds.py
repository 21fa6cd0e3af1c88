"""Versions of kinds of a city are proposed by one person, decided by another, and never changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from office import make_account
from services.kinds.versions import SCHOOL, a_version, accepted_version, school_text
from services.rules.proposals import reviewer, the_city
from shuiheng.adapters.records.models import Account, Event, LocalKind, Role
from shuiheng.adapters.rulebook.programme_text import shipped_text
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError, WrongStateError
from shuiheng.services.found_city import join
from shuiheng.services.kinds.local_kinds import (
    MOST_TEXT,
    BadKindTextError,
    decide_kind,
    propose_kind,
    withdraw_kind,
)

pytestmark = pytest.mark.django_db
LEVELS, ABOVE = "levels: [city, province]", "levels: [city, province, nation]"


def _refused(officer: Account, **changed: Any) -> str:
    with pytest.raises(ServiceError) as caught:
        propose_kind(officer, the_city().pk, a_version(**changed))
    assert not LocalKind.objects.exists()
    return caught.value.code


def test_the_way_of_a_version_is_written_down(officer: Account) -> None:
    row = accepted_version(officer)
    assert (row.state, row.proposed_by, row.decided_by) == ("accepted", officer, reviewer())
    withdraw_kind(reviewer(), row.pk, reason="标准废止")
    told = Event.objects.filter(subject=f"local_kind:{row.pk}").values_list("action", "reason")
    assert list(told) == [
        ("local_kind.suggested", "申报时间缩短"),
        ("local_kind.accepted", ""),
        ("local_kind.withdrawn", "标准废止"),
    ]


def test_a_fault_in_the_text_has_its_line_and_its_remedy(officer: Account) -> None:
    text = school_text(("subject: water_user", "subject: planet"))
    with pytest.raises(BadKindTextError) as caught:
        propose_kind(officer, the_city().pk, a_version(text=text))
    assert (caught.value.values["line"], caught.value.fault.line) == ("2", 2)
    assert "water_user" in caught.value.values["remedy"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": " "}, "kinds.reason_needed"),
        ({"text": "x" * (MOST_TEXT + 1)}, "kinds.text_too_long"),
        ({"text": ""}, "kinds.bad_text"),
        ({"valid_from": date(1999, 1, 1)}, "kinds.begins_early"),
        ({"text": shipped_text(SCHOOL) + "\n# 只加了说明\n"}, "kinds.unchanged"),
        ({"text": school_text(("subject: water_user", "subject: place"))}, "kinds.drops_subject"),
        (
            {
                "text": school_text(
                    ("{id: awarded,", "{id: named,"),
                    ("count: awarded", "count: named"),
                    ("counting: awarded", "counting: named"),
                )
            },
            "kinds.drops_count",
        ),
    ],
)
def test_what_cannot_stand_is_refused(officer: Account, changed: dict[str, Any], code: str) -> None:
    assert _refused(officer, **changed) == code


def test_a_level_above_may_be_added(officer: Account) -> None:
    marks = ('pass: {city: "56", province: "63"}', 'pass: {city: "56", province: "63", nation: "66"}')
    assert accepted_version(officer, text=school_text((LEVELS, ABOVE), marks)).state == "accepted"


def test_nobody_decides_on_the_own_version(officer: Account) -> None:
    join(officer, the_city().organisations.get(kind="office"), Role.OFFICE_REVIEWER)
    row = propose_kind(officer, the_city().pk, a_version())
    with pytest.raises(ServiceError, match=r"kinds\.own_proposal"):
        decide_kind(officer, row.pk, is_accepted=True)
    assert decide_kind(reviewer(), row.pk, is_accepted=True).state == "accepted"


def test_a_refusal_needs_its_words(officer: Account) -> None:
    row = propose_kind(officer, the_city().pk, a_version())
    with pytest.raises(ServiceError, match=r"kinds\.reason_needed"):
        decide_kind(reviewer(), row.pk, is_accepted=False, words=" ")
    assert decide_kind(reviewer(), row.pk, is_accepted=False, words="依据不足").state == "refused"
    with pytest.raises(WrongStateError):
        decide_kind(reviewer(), row.pk, is_accepted=True)


def test_a_proposal_is_withdrawn_by_who_may_propose_and_a_version_by_who_reviews(officer: Account) -> None:
    row = propose_kind(officer, the_city().pk, a_version())
    assert withdraw_kind(officer, row.pk, reason="改报").state == "withdrawn"
    second = accepted_version(officer)
    with pytest.raises(NotPermittedError):
        withdraw_kind(officer, second.pk, reason="改报")
    with pytest.raises(ServiceError, match=r"kinds\.reason_needed"):
        withdraw_kind(reviewer(), second.pk, reason="")
    assert second.version == row.version + 1


def test_what_was_overtaken_is_not_accepted(officer: Account) -> None:
    rows = [propose_kind(officer, the_city().pk, a_version()) for _ in range(2)]
    decide_kind(reviewer(), rows[0].pk, is_accepted=True)
    with pytest.raises(ServiceError, match=r"kinds\.unchanged"):
        decide_kind(reviewer(), rows[1].pk, is_accepted=True)


def test_a_reader_proposes_nothing_and_nobody_what_is_not_shipped(officer: Account) -> None:
    with pytest.raises(NotPermittedError):
        propose_kind(make_account("sun", Role.READER), the_city().pk, a_version())
    with pytest.raises(NotThereError):
        propose_kind(officer, the_city().pk, a_version(kind="poetry"))


def test_the_database_keeps_the_text_of_a_version(officer: Account) -> None:
    row = accepted_version(officer)
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        LocalKind.objects.filter(pk=row.pk).update(text="另写")
