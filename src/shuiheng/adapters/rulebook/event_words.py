"""Words for the actions of the event log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.finding_texts import LANGUAGES
from shuiheng.adapters.rulebook.strict_yaml import Entry

FILE = "events/words.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """Names of the two halves of an action, of changed fields and of coded values.

    Args:
        things: What stands before the point, for example `plan`.
        done: What stands behind it, for example `published`.
        fields: Names of changed fields.
        values: Words for values that are codes.
    """

    things: Mapping[str, str]
    done: Mapping[str, str]
    fields: Mapping[str, str]
    values: Mapping[str, str]

    def name(self, action: str) -> str:
        """Return the name of an action; a half without a word is shown by its code."""
        thing, _, done = action.partition(".")
        return f"{self.things.get(thing, thing)} · {self.done.get(done, done)}" if done else action

    def alike(self, section: str, code: str) -> frozenset[str]:
        """Return the codes of `things` or `done` that have the same word as `code`."""
        table: Mapping[str, str] = getattr(self, section)
        return frozenset(each for each in table if code in table and table[each] == table[code])

    def choices(self, section: str) -> list[tuple[str, str]]:
        """Return one code for each word of `things` or `done`, in order of the words."""
        table: Mapping[str, str] = getattr(self, section)
        first: dict[str, str] = {}
        for code, word in table.items():
            first.setdefault(word, code)
        return sorted(((code, word) for word, code in first.items()), key=lambda pair: pair[1])


@cache
def event_words(language: str) -> EventWords:
    """Return the words in `zh` or `en`.

    Raises:
        KeyError: There are no words in this language.
        RulebookError: The file breaks a rule of the rulebook.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    entry = read_file(rulebook_folder(), FILE)
    sections = ("things", "done", "fields", "values")
    entry.only(*sections)
    return EventWords(**{section: _words(entry.at(section), language) for section in sections})


def _words(entry: Entry, language: str) -> Mapping[str, str]:
    found = {}
    for code in entry.itself(dict):
        entry.at(code).only(*LANGUAGES)
        found[code] = entry.at(code).take(language, str)
    return MappingProxyType(found)
