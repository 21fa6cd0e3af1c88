"""Which metered water moves with a fact of a year (推算依据): read from `indicators/drivers.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import one_of
from shuiheng.adapters.rulebook.use_classes import use_classes

FILE = "indicators/drivers.yaml"


@cache
def fact_drivers() -> Mapping[str, frozenset[str]]:
    """Return by fact the classes of use that move with it; an empty set means all.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_drivers(rulebook_folder())


def read_drivers(folder: Traversable) -> Mapping[str, frozenset[str]]:
    """Return what moves with each fact, from the file below a folder.

    Raises:
        RulebookError: It names a fact or a class that does not exist.
    """
    file = read_file(folder, FILE)
    file.only("drivers", "checked")
    check_checked(file)
    facts, classes = indicator_book().facts, set(use_classes())
    found: dict[str, frozenset[str]] = {}
    for entry in file.each("drivers"):
        entry.only("fact", "classes")
        named = entry.words("classes")
        unknown = sorted(set(named) - classes)
        if unknown:
            raise entry.at("classes").refuse(
                f"unknown class `{unknown[0]}`", f"Use one of: {', '.join(sorted(classes))}."
            )
        found[one_of(entry, "fact", facts)] = frozenset(named)
    return MappingProxyType(found)
