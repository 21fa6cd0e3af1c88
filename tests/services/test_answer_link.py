"""Behind a link: looking uses nothing up, answering does, and nothing else gets in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from administrators import department
from shuiheng.adapters.records.models import Account, Event, Progress, ReportingPeriod, SignedLink
from shuiheng.services.answer_link import answer_link, confirm_link, find_link
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.issue_link import IssuedLink, code_digest, issue_link, token_digest
from shuiheng.services.progress_content import ProgressContent
from working_office import make_period, make_plan, make_task

pytestmark = pytest.mark.django_db
DONE = ProgressContent(done_text="改造管网两公里")


@pytest.fixture
def issued(officer: Account) -> IssuedLink:
    unit, plan = department(), make_plan(officer)
    task, period = make_task(plan, "完成管网改造", unit), make_period(plan, officer)
    return issue_link(officer, organisation=unit.pk, task=task.pk, period=period.pk)


def test_looking_a_hundred_times_uses_nothing_up(issued: IssuedLink) -> None:
    for _ in range(100):
        assert find_link(issued.token) == issued.link
    issued.link.refresh_from_db()
    assert issued.link.opened == 0 and issued.link.used_at is None


def test_the_right_code_files_one_report_for_the_unit(issued: IssuedLink) -> None:
    spaced = f" {issued.code[:4].upper()} {issued.code[4:]}"
    assert confirm_link(issued.token, spaced).opened == 1
    answer_link(issued.token, spaced, DONE)
    progress = Progress.objects.get()
    assert (progress.organisation, progress.task) == (issued.link.organisation, issued.link.task)
    assert (progress.state, progress.done_text, progress.filed_by) == ("filed", "改造管网两公里", None)
    used = Event.objects.get(action="link.used")
    assert used.organisation == issued.link.organisation and used.actor is None


def test_a_used_link_is_used(issued: IssuedLink) -> None:
    answer_link(issued.token, issued.code, DONE)
    for act in (
        lambda: find_link(issued.token),
        lambda: confirm_link(issued.token, issued.code),
        lambda: answer_link(issued.token, issued.code, DONE),
    ):
        with pytest.raises(NotThereError):
            act()
    assert Progress.objects.count() == 1


@pytest.mark.parametrize(
    "over",
    [
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"revoked_at": timezone.now()},
    ],
)
def test_an_expired_and_a_revoked_link_look_like_an_unknown_one(
    issued: IssuedLink, over: dict[str, object]
) -> None:
    SignedLink.objects.update(**over)
    for token in (issued.token, "no-such-link", ""):
        with pytest.raises(NotThereError, match="what=link"):
            find_link(token)
        with pytest.raises(NotThereError, match="what=link"):
            answer_link(token, issued.code, DONE)
    assert not Progress.objects.exists()


def test_the_fifth_wrong_code_ends_the_link(issued: IssuedLink) -> None:
    for _ in range(5):
        with pytest.raises(ServiceError, match="wrong_link_code"):
            confirm_link(issued.token, "aaaaaaaa")
    with pytest.raises(NotThereError):
        confirm_link(issued.token, issued.code)
    assert Event.objects.filter(action="link.refused", is_refused=True).count() == 5


def test_the_code_of_another_link_does_not_open_this_one(issued: IssuedLink, officer: Account) -> None:
    link = issued.link
    other = issue_link(
        officer,
        organisation=link.organisation_id,
        task=make_task(link.task.plan, "另一项任务", link.organisation).pk,
        period=link.period_id,
    )
    with pytest.raises(ServiceError, match="wrong_link_code"):
        answer_link(issued.token, other.code, DONE)
    assert find_link(other.token) == other.link


def _empty(_issued: IssuedLink) -> ProgressContent:
    return ProgressContent()


def _frozen(issued: IssuedLink) -> ProgressContent:
    ReportingPeriod.objects.filter(pk=issued.link.period_id).update(frozen_at=timezone.now())
    return DONE


@pytest.mark.parametrize("spoil", [_empty, _frozen])
def test_a_report_that_cannot_be_filed_uses_nothing_up(
    issued: IssuedLink, spoil: Callable[[IssuedLink], ProgressContent]
) -> None:
    with pytest.raises(ServiceError), transaction.atomic():
        answer_link(issued.token, issued.code, spoil(issued))
    issued.link.refresh_from_db()
    assert issued.link.used_at is None and not Progress.objects.exists()


@given(st.text(max_size=80), st.text(max_size=20))
def test_no_other_token_or_code_has_the_same_hash(token: str, code: str) -> None:
    assert token_digest(token) != token_digest(token + "x")
    assert code_digest(token, code) != code_digest(token + "x", code)
