"""The places for which the rulebook knows values: codes of divisions (GB/T 2260) with their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry

FILE = "places.yaml"
AREA = re.compile(r"(?:\d\d){1,3}")
NATION = ""


@cache
def shipped_places() -> Mapping[str, Mapping[str, str]]:
    """Return the names in `zh` and `en` of each place of the rulebook; the nation is the empty code."""
    return read_places(rulebook_folder())


def read_places(folder: Traversable) -> Mapping[str, Mapping[str, str]]:
    """Return the names of each place below a folder.

    Raises:
        RulebookError: A code is not one of 2, 4 or 6 digits, or a name is missing.
    """
    entry = read_file(folder, FILE)
    places: dict[str, Mapping[str, str]] = {}
    for folder_name in entry.itself(dict):
        named = entry.at(folder_name)
        area = area_of(folder_name)
        if area is None:
            raise named.refuse(f"`{folder_name}` is no place", "Write cn, or cn- and 2, 4 or 6 digits.")
        places[area] = both_names(named)
    return places


def area_of(folder_name: str) -> str | None:
    """Return the code of a folder such as `cn-3710`; the nation is empty, and None stands for no place."""
    if folder_name == "cn":
        return NATION
    code = folder_name.removeprefix("cn-")
    return code if code != folder_name and AREA.fullmatch(code) else None


def both_names(entry: Entry) -> Mapping[str, str]:
    """Return the names of an entry in `zh` and `en`; both must be there."""
    entry.only("zh", "en")
    return {language: entry.take(language, str) for language in ("zh", "en")}
