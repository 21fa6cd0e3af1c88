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


def test_a_workbook_says_what_the_pages_say() -> None:
    with override("zh-hans"):
        for name, words in ledger_words().items():
            assert {code: str(word) for code, word in TABLES[name].items()} == dict(words)


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("supply: 公共供水", "supply: 自备取水", "stands for two codes"),
        ("  duty:", "  duties:", "unknown field"),
        ("inlet: 进水", "inlet: 1", "expected str"),
    ],
)
def test_a_file_that_breaks_a_rule_does_not_load(tmp_path: Path, old: str, new: str, match: str) -> None:
    assert old in SHIPPED
    with pytest.raises(RulebookError, match=match):
        read_ledger_words(_write(tmp_path, SHIPPED.replace(old, new, 1)))
