"""What a request asks for."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.web.pages.progress.asked import by_target, day_from, key_from, keys_from


@pytest.mark.parametrize(
    ("text", "key"),
    [("12", 12), ("", None), (None, None), ("-1", None), ("１", None), ("9" * 12, None), ("1x", None)],
)
def test_only_plain_digits_are_a_key(text: str | None, key: int | None) -> None:
    assert key_from(text) == key


def test_keys_are_given_once_and_not_without_end() -> None:
    assert keys_from(["2", "x", "2", "1"]) == [2, 1]
    assert len(keys_from([str(number) for number in range(50)], most=10)) == 10


def test_only_a_real_day_is_a_day() -> None:
    assert day_from("2026-02-28") == date(2026, 2, 28)
    assert day_from("2026-02-30") is None
    assert day_from(None) is None


def test_fields_are_found_by_the_key_of_their_target() -> None:
    fields = {"value-7": "1", "unit-7": "万亩", "value-x": "2", "done_text": "3"}
    assert (by_target(fields, "value"), by_target(fields, "unit")) == ({7: "1"}, {7: "万亩"})
