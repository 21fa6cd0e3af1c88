"""Errors say what, where and what to do next."""

from __future__ import annotations

from shuiheng.audit.errors import (
    EmptyTreeError,
    NoSuchLeafError,
    NotALogError,
    NotCanonicalError,
    UnknownAlgorithmError,
)


def test_each_error_begins_with_its_code_and_names_its_place() -> None:
    said = {
        str(NotCanonicalError("after.volume_m3", "is a float")): ("audit.not_canonical", "after.volume_m3"),
        str(UnknownAlgorithmError("md5")): ("audit.unknown_algorithm", "md5"),
        str(EmptyTreeError()): ("audit.empty_tree", "at least one"),
        str(NoSuchLeafError(7, count=3)): ("audit.no_such_leaf", "0 to 2"),
        str(NotALogError(4, "no JSON")): ("audit.not_a_log", "line 4"),
    }
    assert all(text.startswith(code) and place in text for text, (code, place) in said.items())
