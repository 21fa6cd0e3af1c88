"""Which metered water moves with a fact of a year (推算依据): read from `indicators/drivers.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry, one_of
from shuiheng.adapters.rulebook.use_classes import use_classes
from shuiheng.indicators.odds.drivers import DriverKind

FILE = "indicators/drivers.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDrivers:
    """What tells how a fact goes on before its statistics are there.

    Args:
        classes: Classes of users whose metered water moves with it; none for all.
        moved_by: Facts by month that may move that water.
    """

    classes: frozenset[str]
    moved_by: tuple[str, ...]


@cache
def fact_drivers() -> Mapping[str, FactDrivers]:
    """Return by fact what moves with it and what moves it.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_drivers(rulebook_folder())


@cache
def driver_kinds() -> Mapping[str, DriverKind]:
    """Return by fact that moves use in which way it does.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_kinds(rulebook_folder())


def read_kinds(folder: Traversable) -> Mapping[str, DriverKind]:
    """Return in which way facts move use, from the file below a folder.

    Raises:
        RulebookError: It names a fact or a way that does not exist.
    """
    facts, ways = indicator_book().facts, [each.value for each in DriverKind]
    found: dict[str, DriverKind] = {}
    for entry in read_file(folder, FILE).each("moving"):
        entry.only("fact", "way")
        found[one_of(entry, "fact", facts)] = DriverKind(one_of(entry, "way", ways))
    return MappingProxyType(found)


def read_drivers(folder: Traversable) -> Mapping[str, FactDrivers]:
    """Return what moves with each fact, from the file below a folder.

    Raises:
        RulebookError: It names a fact, a class or a driver that does not exist.
    """
    file = read_file(folder, FILE)
    file.only("drivers", "moving", "checked")
    check_checked(file)
    facts, classes, kinds = indicator_book().facts, set(use_classes()), set(read_kinds(folder))
    found: dict[str, FactDrivers] = {}
    for entry in file.each("drivers"):
        entry.only("fact", "classes", "moved_by")
        found[one_of(entry, "fact", facts)] = FactDrivers(
            classes=frozenset(_known(entry, "classes", classes)),
            moved_by=tuple(_known(entry, "moved_by", kinds)),
        )
    return MappingProxyType(found)


def _known(entry: Entry, field: str, known: Collection[str]) -> Sequence[str]:
    """Return the words of a field, all of which must be known."""
    named = entry.words(field)
    unknown = sorted(set(named) - set(known))
    if unknown:
        raise entry.at(field).refuse(
            f"unknown word `{unknown[0]}`", f"Use one of: {', '.join(sorted(known))}."
        )
    return named
