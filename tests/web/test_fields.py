"""Days and keys of a form are read in every usual form; anything else is refused by name."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from shuiheng.web.fields import FieldError, day_of, days_in, key_of, keys_of, wanted_day, words_of


@pytest.mark.parametrize(
    "text", ["2026-05-01", "2026/5/1", "2026.5.1", "2026年5月1日", " 2026 年 5 月 1 日 "]
)
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    assert day_of({"on": text}, "on") == date(2026, 5, 1)


@pytest.mark.parametrize("text", ["昨天", "2026-13-01", "2026-02-30", "2026-05-01x", "2026-05-01 2026-05-02"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(FieldError):
        day_of({"on": text}, "on")


def test_an_empty_day_is_none_or_refused() -> None:
    assert day_of({}, "on") is None
    with pytest.raises(FieldError):
        wanted_day({"on": " "}, "on")


def test_many_days_are_read_one_after_another() -> None:
    assert days_in("2026-01-01、2026年1月2日, 2026/1/3") == [date(2026, 1, day) for day in (1, 2, 3)]
    assert days_in("") == []


def test_keys_are_plain_numbers() -> None:
    posted = QueryDict("a=7&a=x&a=９&a=12345678901234567890&b=&c=3")
    assert keys_of(posted, "a") == [7]
    assert (key_of(posted, "b"), key_of(posted, "c")) == (None, 3)


def test_words_lose_blanks_and_the_zero_character() -> None:
    assert words_of({"a": " x\x00y "}, "a") == "xy"
