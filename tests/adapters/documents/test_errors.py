from __future__ import annotations

import re
from string import Formatter

import pytest
import yaml

from places import PACKAGE
from shuiheng.adapters.containers.errors import ChildFailedError, ContainerRefusedError
from shuiheng.adapters.documents.errors import (
    DocumentRefusedError,
    ReaderMissingError,
    ReadingFailedError,
    in_own_name,
)

DOCUMENTS = PACKAGE / "adapters" / "documents"
CODE = re.compile(r"[\"'](documents\.[a-z_]+)[\"']")
CAUSE = re.compile(r"(?:ContainerRefusedError|ChildFailedError)\(\s*\"([a-z_]+)\"")


def _sentences() -> dict[str, dict[str, dict[str, str]]]:
    path = PACKAGE / "rulebook" / "findings" / "documents.yaml"
    loaded: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def test_a_refusal_carries_its_code_and_values() -> None:
    refused = DocumentRefusedError("documents.bomb", part="word/document.xml", size="9")
    assert (refused.code, refused.values) == ("documents.bomb", {"part": "word/document.xml", "size": "9"})
    assert str(refused) == "documents.bomb: part=word/document.xml, size=9"


def test_failures_and_missing_readers_are_refusals_too() -> None:
    assert issubclass(ReadingFailedError, DocumentRefusedError)
    assert issubclass(ReaderMissingError, DocumentRefusedError)


def test_the_cause_of_a_refused_container_gets_the_name_of_the_room() -> None:
    with pytest.raises(DocumentRefusedError) as refused, in_own_name():
        raise ContainerRefusedError("bomb", part="a.xml", size="9")
    assert (refused.value.code, refused.value.values["part"]) == ("documents.bomb", "a.xml")
    with pytest.raises(ReadingFailedError, match=r"documents\.too_slow"), in_own_name():
        raise ChildFailedError("too_slow", seconds="9")


def test_every_code_of_the_room_has_its_sentence_and_no_sentence_is_unused() -> None:
    sources = DOCUMENTS.rglob("*.py")
    used = {code for path in sources for code in CODE.findall(path.read_text("utf-8"))}
    shared = [*(PACKAGE / "adapters" / "containers").glob("*.py"), DOCUMENTS / "package_gate.py"]
    used |= {f"documents.{cause}" for path in shared for cause in CAUSE.findall(path.read_text("utf-8"))}
    assert used == set(_sentences())


def test_every_sentence_stands_in_both_languages_with_the_same_blanks() -> None:
    for code, entry in _sentences().items():
        blanks = {
            language: {
                name for text in entry[language].values() for _, name, _, _ in Formatter().parse(text) if name
            }
            for language in ("zh", "en")
        }
        assert blanks["zh"] == blanks["en"], code
        assert all(entry[language]["says"] and entry[language]["remedy"] for language in ("zh", "en")), code
