"""The type of a site by the industry code of its user (单位类型): `ledger/site_types.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.adapters.rulebook.sources import check_checked, shipped_sources
from shuiheng.adapters.rulebook.strict_yaml import Entry, one_of

FILE = "ledger/site_types.yaml"
FACT, OTHER = "site_type", "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTypes:
    """Types by the beginning of an industry code; None where the code does not tell."""

    by_code: Mapping[str, str | None]

    def type_of(self, industry: str) -> str | None:
        """Return the type of a site, or None when its code is empty or does not tell it."""
        begun = [code for code in self.by_code if industry.startswith(code)]
        if not industry:
            return None
        return self.by_code[max(begun, key=len)] if begun else OTHER


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
    entry.only("source", "types", "unclear", "checked")
    check_checked(entry)
    one_of(entry, "source", shipped_sources())
    known = programme_words().facts[FACT].choices
    found: dict[str, str | None] = {}
    held = entry.at("types")
    for name in entry.take("types", dict):
        if name not in known:
            raise held.at(name).refuse(f"there is no type `{name}`", f"Use {', '.join(known)}.")
        _add(found, held, name, name)
    _add(found, entry, "unclear", None)
    return SiteTypes(by_code=MappingProxyType(found))


def _add(found: dict[str, str | None], entry: Entry, field: str, meant: str | None) -> None:
    for code in entry.words(field):
        if not code.isdecimal() or code in found:
            raise entry.at(field).refuse(f"`{code}` is no code, or stands twice", "Use digits, each once.")
        found[code] = meant
