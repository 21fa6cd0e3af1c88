"""Sections and divisions of industries (国民经济行业分类), by which use is summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry

FILE = "industries.yaml"
LANGUAGES = ("zh", "en")
DIVISION_DIGITS = 2
_HIGHEST_DIVISION = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Industries:
    """The classification.

    Args:
        sections: Letter of a section to its names by language, in order.
        divisions: Two digits of a division to its names, for those that have a name of their own.
        section_of: Two digits of a division to the letter of its section.
    """

    sections: Mapping[str, Mapping[str, str]]
    divisions: Mapping[str, Mapping[str, str]]
    section_of: Mapping[str, str]


@cache
def industries() -> Industries:
    """Return the classification that the program ships.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_industries(rulebook_folder())


def read_industries(folder: Traversable) -> Industries:
    """Return the classification of the file below a folder."""
    entry = read_file(folder, FILE)
    entry.only("source", "checked", "sections", "divisions")
    sections: dict[str, Mapping[str, str]] = {}
    section_of: dict[str, str] = {}
    for section in entry.each("sections"):
        section.only("section", "first", "last", *LANGUAGES)
        letter = section.take("section", str)
        sections[letter] = _names(section)
        for number in _span(section):
            if number in section_of:
                raise section.refuse(f"division {number} stands in two sections", "Leave it in one.")
            section_of[number] = letter
    divisions = {number: _names(entry.at("divisions").at(number)) for number in entry.take("divisions", dict)}
    for number in divisions:
        if number not in section_of:
            raise (
                entry.at("divisions")
                .at(number)
                .refuse(f"division {number} has no section", "Add its section.")
            )
    return Industries(
        sections=MappingProxyType(sections),
        divisions=MappingProxyType(divisions),
        section_of=MappingProxyType(section_of),
    )


def _names(entry: Entry) -> Mapping[str, str]:
    return MappingProxyType({language: entry.take(language, str) for language in LANGUAGES})


def _span(section: Entry) -> list[str]:
    first, last = section.take("first", str), section.take("last", str)
    if not (first.isdecimal() and last.isdecimal() and 0 < int(first) <= int(last) <= _HIGHEST_DIVISION):
        raise section.refuse(f"`{first}` to `{last}` are no divisions", "Write two digits each.")
    return [f"{number:0{DIVISION_DIGITS}d}" for number in range(int(first), int(last) + 1)]
