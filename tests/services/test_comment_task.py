"""Comments and mentions."""

from __future__ import annotations

import pytest

from services.making import settle_units, tasks_of, unit_named
from shuiheng.adapters.records.models import Account, Channel, Message, PlanVersion, RegisterTask, Role
from shuiheng.services.comment_task import comment_task, mentioned, remove_comment
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city, join


@pytest.fixture
def task(officer: Account, published: PlanVersion) -> RegisterTask:
    """The first task of a plan whose units are confirmed."""
    settle_units(officer)
    return tasks_of(published)[0]


def member(username: str, unit: str, *, shown: str = "") -> Account:
    account = Account.objects.create(username=username, display_name=shown)
    join(account, unit_named(unit), Role.PARTNER_CLERK)
    return account


def test_whom_a_comment_names_gets_one_message(officer: Account, task: RegisterTask) -> None:
    clerk = member("qian", "青禾市财政局", shown="钱工")
    comment = comment_task(officer, task.pk, "@钱工 请补充资金安排，@qian 谢谢 @li")
    assert set(comment.mentions.all()) == {clerk, officer}
    message = Message.objects.get()
    assert (message.account, message.channel, message.task) == (clerk, Channel.SITE, task)
    assert "请补充资金安排" in message.text


def test_whoever_may_not_see_the_task_is_not_told(officer: Account, task: RegisterTask) -> None:
    stranger = Account.objects.create(username="zhou")
    join(stranger, found_city("临江市", slug="linjiang"), Role.OFFICE_CLERK)
    assert mentioned(task, "@zhou 看一下") == []
    assert mentioned(task, "没有提到谁") == []


def test_a_unit_comments_on_its_own_tasks_only(task: RegisterTask) -> None:
    clerk = member("qian", "青禾市财政局")
    comment_task(clerk, task.pk, "资金已列入预算")
    other = RegisterTask.objects.filter(plan=task.plan).order_by("order")[3]
    with pytest.raises(NotThereError):
        comment_task(clerk, other.pk, "与我无关")


def test_only_its_author_takes_a_comment_back(officer: Account, task: RegisterTask) -> None:
    clerk = member("qian", "青禾市财政局")
    comment = comment_task(clerk, task.pk, "写错了")
    with pytest.raises(NotThereError):
        remove_comment(officer, comment.pk)
    assert remove_comment(clerk, comment.pk).removed_at is not None


def test_a_comment_needs_words_and_a_right(officer: Account, reader: Account, task: RegisterTask) -> None:
    for text in (" ", "长" * 2001):
        with pytest.raises(ServiceError, match=r"services\.comment_length"):
            comment_task(officer, task.pk, text)
    with pytest.raises(NotPermittedError):
        comment_task(reader, task.pk, "看看")
