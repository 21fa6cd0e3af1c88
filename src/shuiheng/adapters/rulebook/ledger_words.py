"""What pages and cells of the workbook of the ledger say for the codes of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.use_classes import LANGUAGES, Named, names_of

FILE = "ledger/book_words.yaml"
LISTS = (
    "source_kind",
    "water_kind",
    "price_class",
    "meter_role",
    "meter_level",
    "duty",
    "position_method",
)
Words = Mapping[str, Mapping[str, Named]]


@cache
def ledger_words() -> Words:
    """Return the words by list and code.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_ledger_words(rulebook_folder())


def read_ledger_words(folder: Traversable) -> Words:
    """Return the words of the file below a folder; a word of a language stands for one code of its list."""
    entry = read_file(folder, FILE)
    entry.only("words")
    entry.take("words", dict)
    lists = entry.at("words")
    lists.only(*LISTS)
    found: dict[str, Mapping[str, Named]] = {}
    for name in LISTS:
        codes = lists.take(name, dict)
        words = {code: Named(id=code, names=names_of(lists.at(name), code)) for code in codes}
        for language in LANGUAGES:
            if len({each.names[language] for each in words.values()}) != len(words) or not words:
                raise lists.at(name).refuse(f"a word of `{name}` stands for two codes", "Leave it with one.")
        found[name] = MappingProxyType(words)
    return MappingProxyType(found)
