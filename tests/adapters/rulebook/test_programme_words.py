"""Words of programmes."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.rulebook.programme_files import WORDS, folder_with
from shuiheng.adapters.rulebook.access import role_rules
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.programme_words import programme_words, read_programme_words


def test_every_actor_stands_for_roles_or_for_people_outside() -> None:
    actors = programme_words().actors
    assert {role for actor in actors.values() for role in actor.roles} <= set(role_rules())
    assert actors["expert"].roles == ()


def test_conditions_of_programmes_may_ask_facts_duties_and_numbers() -> None:
    vocabulary = programme_words().vocabulary
    assert "balance_test" in vocabulary.duties
    assert vocabulary.has_numbers
    assert vocabulary.facts["use_class"].choices["industry"]["zh"] == "工业"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("roles: [office_clerk]", "roles: [king]"),
        ("from: readings", "from: rumour"),
        ("choices: use_classes", "choices: moods"),
        ("subjects:", "topics:"),
    ],
)
def test_unknown_words_are_refused(tmp_path: Path, old: str, new: str) -> None:
    assert old in WORDS
    with pytest.raises(RulebookError) as caught:
        read_programme_words(folder_with(tmp_path, words=WORDS.replace(old, new, 1)))
    assert caught.value.file == "words/programmes.yaml"
