"""Words of the rules: topics, units, fields and the choices that values name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.rules.parameter import Value

FILE = "words/rules.yaml"
RATIO = "ratio"
PARTS = ("topics", "marks", "units", "fields", "choices")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWords:
    """Words of one language by id; of a word that nobody has entered the id itself stands.

    Args:
        topics: Words of the first part of a rule's id, in the order in which they are shown.
        marks: Words of how well a value is known.
        units: Words of units; empty where a number stands alone.
        fields: Words of the fields of records and bands.
        choices: Words of the choices and classes that values name.
    """

    topics: Mapping[str, str]
    marks: Mapping[str, str]
    units: Mapping[str, str]
    fields: Mapping[str, str]
    choices: Mapping[str, str]

    def field(self, name: str) -> str:
        """Return the word of a field, or of a class by which numbers are named."""
        return self.fields.get(name) or self.choices.get(name, name)

    def part(self, part: Decimal | str, unit: str) -> str:
        """Return a number with its unit, a ratio in percent, or the words of a choice."""
        if isinstance(part, str):
            return self.choices.get(part, part)
        if unit == RATIO:
            return f"{(part * 100).normalize():f}%"
        return f"{part:f} {self.units.get(unit, '')}".rstrip()

    def lines(self, value: Value, *, unit: str, fields: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
        """Yield depth, name and words of each part of a value; a part that holds others has no words.

        Args:
            value: The value.
            unit: Unit of its numbers where no field says another.
            fields: What each field holds.
        """
        yield from self._lines(value, depth=0, name="", unit=unit, fields=fields)

    def _lines(
        self, value: Value, *, depth: int, name: str, unit: str, fields: Mapping[str, str]
    ) -> Iterator[tuple[int, str, str]]:
        if isinstance(value, Decimal | str):
            yield depth, name, self.part(value, unit)
        elif isinstance(value, Mapping):
            if name:
                yield depth, name, ""
            for key, part in value.items():
                inner = self.field(key) if key in fields else self.choices.get(key, key)
                below = fields.get(key, unit)
                yield from self._lines(part, depth=depth + bool(name), name=inner, unit=below, fields=fields)
        elif all(isinstance(part, str) for part in value):
            yield depth, name, "、".join(self.choices.get(str(part), str(part)) for part in value)
        else:
            yield depth, name, ""
            for place, part in enumerate(value, 1):
                yield from self._lines(part, depth=depth + 1, name=str(place), unit=unit, fields=fields)


@cache
def rule_words(language: str) -> RuleWords:
    """Return the words of a language, `zh` or `en`, that the program ships."""
    return read_rule_words(rulebook_folder(), language)


def read_rule_words(folder: Traversable, language: str) -> RuleWords:
    """Return the words of a language below a folder.

    Raises:
        RulebookError: The file breaks a rule.
    """
    entry = read_file(folder, FILE)
    entry.only(*PARTS, "checked")
    check_checked(entry)
    return RuleWords(**{part: _words(entry, part, language) for part in PARTS})


def _words(entry: Entry, part: str, language: str) -> Mapping[str, str]:
    entry.take(part, dict)
    held = entry.at(part)
    words = {}
    for name in held.itself(dict):
        word = held.at(name)
        word.only("zh", "en")
        words[name] = {each: word.take(each, str) for each in ("zh", "en")}[language]
    return words
