"""A user confirms and answers its own warnings, and the office decides what follows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from metered_city import MeteredCity
from shuiheng.adapters.records.models import Account, Event, UseWarning
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.warnings.answer_warning import answer_warning, receive_warning
from shuiheng.services.warnings.decide_warning import decide_warning
from warned import WarnedUser, warned_city, warned_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return warned_city(officer)


@pytest.fixture
def user(city: MeteredCity) -> WarnedUser:
    return warned_user(city)


@pytest.fixture
def warning(user: WarnedUser) -> UseWarning:
    return UseWarning.objects.create(
        allowance=user.allowance,
        first=date(2026, 4, 1),
        last=date(2026, 4, 30),
        level="over_month",
        used_m3=120,
        limit_m3=100,
        raised_at=datetime(2026, 5, 2, tzinfo=UTC),
    )


def test_a_receipt_is_kept_once(user: WarnedUser, warning: UseWarning) -> None:
    first = receive_warning(user.account, warning.pk).received_at
    assert first is not None and receive_warning(user.account, warning.pk).received_at == first
    assert Event.objects.filter(action="use_warning.received").count() == 1


def test_an_answer_confirms_the_receipt_and_can_be_mended_until_the_office_decides(
    user: WarnedUser, warning: UseWarning, officer: Account
) -> None:
    with pytest.raises(ServiceError, match="answer_empty"):
        answer_warning(user.account, warning.pk, answer="  ")
    answered = answer_warning(user.account, warning.pk, answer="新增生产线")
    assert answered.received_by == user.account and answered.answered_at is not None
    assert answer_warning(user.account, warning.pk, answer="新增两条生产线").answer == "新增两条生产线"
    decide_warning(officer, warning.pk, follow_up="supervise", note="")
    with pytest.raises(ServiceError, match="decided"):
        answer_warning(user.account, warning.pk, answer="又改")


def test_another_user_has_nothing_to_do_with_it(
    city: MeteredCity, warning: UseWarning, officer: Account
) -> None:
    stranger = warned_user(city, "青禾食品厂").account
    for act in (receive_warning, lambda who, key: answer_warning(who, key, answer="x")):
        with pytest.raises(NotThereError):
            act(stranger, warning.pk)
    with pytest.raises(NotPermittedError):
        receive_warning(officer, warning.pk)
    with pytest.raises(NotPermittedError):
        decide_warning(stranger, warning.pk, follow_up="none", note="x")
