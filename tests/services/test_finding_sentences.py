"""Sentences of findings, blanks filled."""

from __future__ import annotations

from shuiheng.services.finding_sentences import sentence_of


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
