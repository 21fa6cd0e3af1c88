"""Words for the steps, terms, units and labels of derivations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.finding_texts import LANGUAGES
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.reports.derivation_table import DerivationWords

FILE = "words/derivation.yaml"
PARTS = ("names", "units", "labels")


@cache
def derivation_words(language: str) -> DerivationWords:
    """Return the words in `zh` or `en` that the program ships.

    Raises:
        KeyError: There are no words in this language.
        RulebookError: The file breaks a rule of the rulebook.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    return read_derivation_words(rulebook_folder(), language)


def read_derivation_words(folder: Traversable, language: str) -> DerivationWords:
    """Return the words of a language below a folder.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    entry = read_file(folder, FILE)
    entry.only(*PARTS)
    return DerivationWords(**{part: _words(entry, part, language) for part in PARTS})


def _words(entry: Entry, part: str, language: str) -> Mapping[str, str]:
    entry.take(part, dict)
    held = entry.at(part)
    words = {}
    for name in held.itself(dict):
        held.at(name).only(*LANGUAGES)
        words[name] = {each: held.at(name).take(each, str) for each in LANGUAGES}[language]
    return words
