"""The classes of use of the ledger, with their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry

FILE = "ledger/use_classes.yaml"
LANGUAGES = ("zh", "en")
LONGEST_CODE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An id with its name in each language."""

    id: str
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        """Return the name in a language; the Chinese one when there is none."""
        return self.names.get(language, self.names["zh"])


@cache
def use_classes() -> Mapping[str, Named]:
    """Return the classes of use by their codes, in the order in which they are shown.

    Raises:
        RulebookError: The file breaks a rule.
    """
    return read_use_classes(rulebook_folder())


def read_use_classes(folder: Traversable) -> Mapping[str, Named]:
    """Return the classes of use of the file below a folder."""
    entry = read_file(folder, FILE)
    entry.only("classes", "mark", "checked")
    check_checked(entry)
    entry.take("mark", str)
    classes = entry.at("classes")
    found = {}
    for code in entry.take("classes", dict):
        if len(code) > LONGEST_CODE:
            raise classes.at(code).refuse(f"the code `{code}` is too long", "Use at most 30 letters.")
        own = classes.at(code)
        own.only("name")
        found[code] = Named(id=code, names=names_of(own))
    return MappingProxyType(found)


def names_of(entry: Entry, field: str = "name") -> Mapping[str, str]:
    """Return a name in both languages."""
    entry.take(field, dict)
    name = entry.at(field)
    name.only(*LANGUAGES)
    return MappingProxyType({language: name.take(language, str) for language in LANGUAGES})
