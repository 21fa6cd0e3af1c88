from __future__ import annotations

import re
from string import Formatter

import pytest

from adapters.workbooks.making import sentences
from places import PACKAGE
from shuiheng.adapters.containers.errors import ChildFailedError, ContainerRefusedError
from shuiheng.adapters.workbooks.errors import WorkbookNotReadError, WorkbookRefusedError, in_own_name
from shuiheng.kernel.credit_code import CreditCodeFault

ROOM = PACKAGE / "adapters" / "workbooks"
CAUSE = re.compile(r"(?:ContainerRefusedError|ChildFailedError|Fault|refusal)\(\s*\"([a-z_]+)\"")
NAMED = re.compile(
    r"\"((?:row|day|number|text|code|column|choice|other|old|newer|error|formula)_[a-z_]+|ditto|nothing_mark|not_a_number)\""
)
OF_BOTH = re.compile(r"(?:ContainerRefusedError|ChildFailedError)\(\s*\"([a-z_]+)\"")
BUILT = {
    "row_total",
    "row_foot",
    "row_untouched",
    "other_unit",
    "other_period",
    "other_batch",
    "rows_missing",
}


def _used() -> set[str]:
    used = {fault.value for fault in CreditCodeFault} | BUILT
    for path in ROOM.rglob("*.py"):
        text = path.read_text("utf-8")
        used |= set(CAUSE.findall(text))
        if path.parent.name == "cells" or path.name == "stamp_checks.py":
            used |= set(NAMED.findall(text))
    for path in (PACKAGE / "adapters" / "containers").glob("*.py"):
        used |= set(OF_BOTH.findall(path.read_text("utf-8")))
    return {f"workbooks.{cause}" for cause in used}


def test_every_code_of_the_room_has_its_sentence_and_no_sentence_is_unused() -> None:
    assert _used() == set(sentences())


def test_every_sentence_stands_in_both_languages_with_the_same_blanks() -> None:
    for code, entry in sentences().items():
        blanks = {
            language: {
                name for text in entry[language].values() for _, name, _, _ in Formatter().parse(text) if name
            }
            for language in ("zh", "en")
        }
        assert blanks["zh"] == blanks["en"], code
        assert all(entry[language]["says"] and entry[language]["remedy"] for language in ("zh", "en")), code


def test_the_cause_of_a_refused_container_gets_the_name_of_the_room() -> None:
    with pytest.raises(WorkbookRefusedError) as refused, in_own_name():
        raise ContainerRefusedError("bomb", part="a.xml", size="9")
    assert (refused.value.code, refused.value.values["part"]) == ("workbooks.bomb", "a.xml")
    assert str(refused.value) == "workbooks.bomb: part=a.xml, size=9"
    with pytest.raises(WorkbookNotReadError, match=r"workbooks\.too_slow"), in_own_name():
        raise ChildFailedError("too_slow", seconds="9")
