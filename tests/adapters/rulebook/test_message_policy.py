"""The rules for messages load, and quiet hours pass midnight."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from string import Formatter

import pytest

from shuiheng.adapters.rulebook import message_policy


@pytest.mark.parametrize(
    ("at", "is_quiet"),
    [("19:59", False), ("20:00", True), ("00:00", True), ("07:59", True), ("08:00", False)],
)
def test_quiet_hours_hold_over_midnight(at: str, is_quiet: bool) -> None:
    assert message_policy().is_quiet(time.fromisoformat(at)) is is_quiet


def test_quiet_hours_within_a_day_hold_too() -> None:
    noon = replace(message_policy(), quiet_from=time(12), quiet_to=time(14))
    assert [noon.is_quiet(time(hour)) for hour in (11, 12, 13, 14)] == [False, True, True, False]


def test_both_languages_of_a_template_have_the_same_blanks() -> None:
    for kind, languages in message_policy().templates.items():
        blanks = {
            language: {name for _, name, _, _ in Formatter().parse(each.title + each.text) if name}
            for language, each in languages.items()
        }
        assert blanks["zh"] >= blanks["en"], kind
        assert blanks["zh"] - blanks["en"] <= {"organisation"}, kind
