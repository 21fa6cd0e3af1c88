"""Words for the actions of the event log."""

from __future__ import annotations

import ast

import pytest

from places import PACKAGE
from shuiheng.adapters.rulebook.event_words import event_words
from shuiheng.services.permission import Action


def _recorded() -> set[str]:
    """Return every action that a service names when it records an event."""
    found = set()
    for path in (PACKAGE / "services").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record_event":
                found |= {each.value for each in node.args if isinstance(each, ast.Constant) and each.value}
    return {str(action) for action in found}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_recorded_action_and_every_right_has_its_words(language: str) -> None:
    words = event_words(language)
    recorded = _recorded()
    assert len(recorded) > 10
    wordless = {
        action
        for action in {*recorded, *(right.value for right in Action)}
        if action.partition(".")[0] not in words.things or action.partition(".")[2] not in words.done
    }
    assert not wordless


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_that_an_event_is_given_by_name_has_its_word(language: str) -> None:
    words, told = event_words(language), set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record_event":
                sides = [each.value for each in node.keywords if each.arg in {"before", "after", "details"}]
                keys = [key for side in sides if isinstance(side, ast.Dict) for key in side.keys]
                told |= {key.value for key in keys if isinstance(key, ast.Constant)}
    assert len(told) > 100
    assert not told - words.fields.keys()


def test_an_action_is_named_by_its_two_halves_and_an_unknown_half_by_its_code() -> None:
    assert event_words("zh").name("plan.published") == "方案 · 发布"
    assert event_words("en").name("plan.published") == "plan · published"
    assert event_words("en").name("plan.beamed") == "plan · beamed"
    assert event_words("en").name("old") == "old"


def test_there_are_words_in_two_languages_only() -> None:
    with pytest.raises(KeyError):
        event_words("fr")


def test_codes_with_one_word_are_one_choice_that_means_them_all() -> None:
    words = event_words("zh")
    chosen = dict(words.choices("things"))
    assert len(set(chosen.values())) == len(chosen) < len(words.things)
    assert words.alike("things", "plan") == {"plan", "plans"}
    assert words.alike("things", "no-such-thing") == frozenset()
