"""A fault is said in the language of the page."""

from __future__ import annotations

from django.utils.translation import override

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.web.pages.kinds.fault_words import fault_words

FAULT = RulebookError("a.yaml", 2, "`name` is missing", "Add `name`.")


def test_a_fault_is_said_in_the_language_of_the_page() -> None:
    with override("zh-hans"):
        assert fault_words(FAULT) == ("缺少 name。", "请补上 name。")
    with override("en"):
        assert fault_words(FAULT) == ("`name` is missing.", "Add `name`.")
