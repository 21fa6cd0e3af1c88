"""A call that is sent again has the effect of one."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Account, ApiCall
from shuiheng.services.errors import EmptyFileError, ServiceError
from shuiheng.services.repeat_call import once

pytestmark = pytest.mark.django_db


class Work:
    """Counts how often it was done."""

    done = 0

    def __call__(self) -> dict[str, int]:
        self.done += 1
        return {"n": self.done}


def test_a_repeated_key_gives_the_first_answer(officer: Account) -> None:
    work = Work()
    answers = [once(officer, "k1", {"a": 1}, work) for _ in range(3)]
    assert answers == [{"n": 1}] * 3
    assert work.done == 1


def test_without_a_key_the_work_is_done_each_time(officer: Account) -> None:
    work = Work()
    assert [once(officer, "", {}, work)["n"] for _ in range(2)] == [1, 2]


def test_a_key_for_another_request_is_refused(officer: Account) -> None:
    once(officer, "k1", {"a": 1}, Work())
    with pytest.raises(ServiceError) as refused:
        once(officer, "k1", {"a": 2}, Work())
    assert refused.value.code == "services.key_used"


def test_the_key_of_another_account_is_another_key(officer: Account, reader: Account) -> None:
    work = Work()
    assert once(officer, "k1", {}, work) != once(reader, "k1", {}, work)


def test_work_that_fails_leaves_the_key_free(officer: Account) -> None:
    def fails() -> dict[str, int]:
        raise EmptyFileError

    with pytest.raises(EmptyFileError):
        once(officer, "k1", {}, fails)
    assert not ApiCall.objects.exists()
    assert once(officer, "k1", {}, Work()) == {"n": 1}
