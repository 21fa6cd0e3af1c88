"""Every error has a sentence."""

from __future__ import annotations

import ast

from places import PACKAGE
from shuiheng.services.errors import FileTooLargeError
from shuiheng.services.finding_sentences import sentence_of


def test_an_error_carries_its_code_and_values() -> None:
    error = FileTooLargeError(limit_mb=30)
    assert (error.code, error.values) == ("services.file_too_large", {"limit_mb": "30"})
    assert str(error) == "services.file_too_large: limit_mb=30"


def test_every_code_in_the_sources_has_a_sentence_in_both_languages() -> None:
    codes = {
        node.value
        for folder in ("services", "cli")
        for path in (PACKAGE / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.startswith("services.")
        and " " not in node.value
    }
    assert len(codes) > 10
    for language in ("zh", "en"):
        assert not {code for code in codes if sentence_of(code, {}, language=language).name == code}
