"""A transfer between users needs the word of the taker: its own login, or a document at the office."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from services.allowances.planned_city import PlannedCity, local_rule, planned_city, published_round
from shuiheng.adapters.records.models import Account, AllowanceEntry, Message
from shuiheng.services.allowances.decide_change import Answer, decide_change
from shuiheng.services.allowances.keep_user_document import UploadedFile
from shuiheng.services.allowances.taker_word import agree_transfer, record_word, refuse_transfer
from shuiheng.services.allowances.transfer_allowance import TransferFields, ask_transfer
from shuiheng.services.allowances.watch_applications import watch_applications
from shuiheng.services.errors import NotThereError, ServiceError, WrongStateError

pytestmark = pytest.mark.django_db
YES = Answer(is_approved=True)
PAPER = UploadedFile(name="同意书.txt", content="同意受让".encode())
LATE = datetime(2026, 6, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


@pytest.fixture
def offered(city: PlannedCity) -> AllowanceEntry:
    """The taker's side of a transfer that waits for its word."""
    local_rule(city.clerk, "allowances/carry_over", {"transfer": "allowed"})
    local_rule(city.clerk, "allowances/adjustment", {"decide_within": "10", "silence": "granted"})
    published_round(city)
    what = TransferFields(taker=city.school.number, months={7: Decimal(300)}, reason="转让")
    return ask_transfer(city.filer(city.mill), city.allowance(city.mill).pk, what).partners.get()


def _states() -> set[str]:
    return set(AllowanceEntry.objects.filter(kind="transfer").values_list("state", flat=True))


def test_the_office_does_not_approve_before_the_taker_agrees(
    city: PlannedCity, offered: AllowanceEntry
) -> None:
    assert "青禾印染厂" in Message.objects.get(kind="allowance_transfer_offered").text
    with pytest.raises(ServiceError) as error:
        decide_change(city.reviewer, offered.pk, YES)
    assert error.value.code == "allowances.no_word"
    agree_transfer(city.filer(city.school, "school"), offered.pk)
    decide_change(city.reviewer, offered.pk, YES)
    assert _states() == {"approved"}


def test_silence_grants_nothing_to_which_the_taker_said_nothing(
    city: PlannedCity, offered: AllowanceEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offered.due_on is None
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: LATE)
        assert watch_applications() == 0
    agree_transfer(city.filer(city.school, "school"), offered.pk)
    days = AllowanceEntry.objects.filter(kind="transfer").values_list("due_on", flat=True)
    assert {day.isoformat() for day in days if day} == {"2026-06-03"}  # ten workdays after 20 May
    monkeypatch.setattr(timezone, "now", lambda: LATE)
    assert watch_applications() == 1 and _states() == {"approved"}


def test_a_taker_that_says_no_ends_both_sides(city: PlannedCity, offered: AllowanceEntry) -> None:
    school = city.filer(city.school, "school")
    with pytest.raises(ServiceError) as error:
        refuse_transfer(school, offered.pk, reason="")
    assert error.value.code == "allowances.reason_needed"
    refuse_transfer(school, offered.pk, reason="用不上")
    assert _states() == {"rejected"}
    with pytest.raises(WrongStateError):
        agree_transfer(school, offered.pk)


def test_only_the_taker_gives_its_word(city: PlannedCity, offered: AllowanceEntry) -> None:
    giver = city.filer(city.mill)
    with pytest.raises(NotThereError):
        agree_transfer(giver, offered.pk)
    with pytest.raises(WrongStateError):
        agree_transfer(giver, offered.partner_id or 0)  # its own side is no word of the taker


def test_the_office_records_a_word_on_paper_and_only_with_the_paper(
    city: PlannedCity, offered: AllowanceEntry
) -> None:
    with pytest.raises(ServiceError) as error:
        record_word(city.reviewer, offered.pk, None)
    assert error.value.code == "allowances.word_document"
    taking = record_word(city.reviewer, offered.partner_id or 0, PAPER)
    assert taking.document is not None and taking.document.user_id == city.school.pk
    assert taking.agreed_by == city.reviewer
    decide_change(city.reviewer, offered.pk, YES)
    assert _states() == {"approved"}
