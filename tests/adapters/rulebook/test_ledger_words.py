"""Words of the workbook of the ledger are those of its pages, and each stands for one code."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.translation import override

from places import PACKAGE
from shuiheng.adapters.rulebook import RulebookError
from shuiheng.adapters.rulebook.ledger_words import FILE, ledger_words, read_ledger_words
from shuiheng.web.words_ledger import TABLES

SHIPPED = (PACKAGE / "rulebook" / FILE).read_text("utf-8")


def _write(folder: Path, text: str) -> Path:
    (folder / "ledger").mkdir()
    (folder / FILE).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(("language", "names"), [("zh-hans", "zh"), ("en", "en")])
def test_pages_say_what_the_rulebook_says(language: str, names: str) -> None:
    with override(language):
        for name, words in ledger_words().items():
            shown = {code: str(word) for code, word in TABLES[name].items()}
            assert shown == {code: each.names[names] for code, each in words.items()}


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("supply: {zh: 公共供水", "supply: {zh: 自备取水", "stands for two codes"),
        ("en: Inlet", "en: Outlet", "stands for two codes"),
        ("  duty:", "  duties:", "unknown field"),
        ("zh: 进水", "zh: 1", "expected str"),
    ],
)
def test_a_file_that_breaks_a_rule_does_not_load(tmp_path: Path, old: str, new: str, match: str) -> None:
    assert old in SHIPPED
    with pytest.raises(RulebookError, match=match):
        read_ledger_words(_write(tmp_path, SHIPPED.replace(old, new, 1)))
