"""Sentences of findings, blanks filled."""

from __future__ import annotations

import pytest

from shuiheng.services.finding_sentences import length_of_time, sentence_of


def test_blanks_are_filled_in_the_language_asked_for() -> None:
    assert (
        sentence_of("services.file_too_large", {"limit_mb": 30}, language="zh-hans").says
        == "文件超过 30 MB。"
    )
    assert "larger than 30 MB" in sentence_of("services.file_too_large", {"limit_mb": 30}, language="en").says


def test_a_blank_that_nobody_filled_is_shown_as_an_ellipsis() -> None:
    assert "…" in sentence_of("services.file_too_large", {}, language="zh").says


def test_a_value_with_braces_stays_as_it_is() -> None:
    shown = sentence_of("services.not_there", {"what": "{0.__class__} {what}"}, language="zh").says
    assert "{0.__class__} {what}" in shown


def test_a_code_that_the_rulebook_does_not_know_is_its_own_name() -> None:
    assert sentence_of("plans.no_such_code", {"a": 1}, language="zh").name == "plans.no_such_code"


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (20 * 60, "20 分钟", "20 min"),
        (3600, "1 小时", "1 h"),
        (9506, "2.6 小时", "2.6 h"),
        (48 * 3600 - 360, "47.9 小时", "47.9 h"),
        (48 * 3600, "2 天", "2 days"),
        (11148.6 * 3600, "464.5 天", "464.5 days"),
    ],
)
def test_a_length_of_time_is_said_in_the_unit_in_which_people_think(seconds: float, zh: str, en: str) -> None:
    assert length_of_time(seconds, language="zh-hans") == zh and length_of_time(seconds, language="en") == en


def test_a_long_silence_is_said_in_days() -> None:
    values = {"meter": "m1", "at": "2025-08-15 07:00", "hours": "11148.6"}
    assert "已有 464.5 天" in sentence_of("metering.silent", values, language="zh").says
    assert "for 464.5 days" in sentence_of("metering.silent", values, language="en").says
