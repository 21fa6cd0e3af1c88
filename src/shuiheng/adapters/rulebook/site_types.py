"""The type of a site by industry code and class of use of its user (单位类型): `ledger/site_types.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.adapters.rulebook.sources import check_checked, shipped_sources
from shuiheng.adapters.rulebook.strict_yaml import Entry, one_of
from shuiheng.adapters.rulebook.use_classes import use_classes

FILE = "ledger/site_types.yaml"
FACT, OTHER = "site_type", "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTypes:
    """Types by the beginning of an industry code, None where it does not tell; then by class of use."""

    by_code: Mapping[str, str | None]
    by_class: Mapping[str, str]

    def type_of(self, industry: str, use_class: str = "") -> str | None:
        """Return the type of a site, or None when neither its code nor its class of use tells it."""
        begun = [code for code in self.by_code if industry.startswith(code)]
        told = (self.by_code[max(begun, key=len)] if begun else OTHER) if industry else None
        return self.by_class.get(use_class) if told is None else told


@cache
def site_types() -> SiteTypes:
    """Return the types that the program ships.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_site_types(rulebook_folder())


def read_site_types(folder: Traversable) -> SiteTypes:
    """Return the types of the file below a folder.

    Raises:
        RulebookError: A type is unknown, or a code stands twice or is no code.
    """
    entry = read_file(folder, FILE)
    entry.only("source", "types", "unclear", "classes", "checked")
    check_checked(entry)
    one_of(entry, "source", shipped_sources())
    known = programme_words().facts[FACT].choices
    found: dict[str, str | None] = {}
    held = entry.at("types")
    for name in entry.take("types", dict):
        _check_type(held, name, known)
        _add(found, held, name, name)
    _add(found, entry, "unclear", None)
    return SiteTypes(by_code=MappingProxyType(found), by_class=MappingProxyType(_by_class(entry, known)))


def _by_class(entry: Entry, known: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    held = entry.at("classes")
    for name in entry.take("classes", dict):
        _check_type(held, name, known)
        for word in held.words(name):
            if word not in use_classes() or word in found:
                raise held.at(name).refuse(f"`{word}` is no class of use, or stands twice", "Name each once.")
            found[word] = name
    return found


def _check_type(held: Entry, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise held.at(name).refuse(f"there is no type `{name}`", f"Use {', '.join(known)}.")


def _add(found: dict[str, str | None], entry: Entry, field: str, meant: str | None) -> None:
    for code in entry.words(field):
        if not code.isdecimal() or code in found:
            raise entry.at(field).refuse(f"`{code}` is no code, or stands twice", "Use digits, each once.")
        found[code] = meant
