"""What a file of district outlines may be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder

FILE = "policies/outlines.yaml"
_SIDES = ("west", "east", "south", "north")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinePolicy:
    """Bounds of a file of outlines.

    Args:
        largest_mb: Greatest size of the file.
        most_positions: Greatest number of corners.
        kept_digits: Decimals of a degree that are kept.
        longitudes: The least and the greatest longitude, CGCS2000.
        latitudes: The least and the greatest latitude.
        approval_form: Regular expression that an approval number (审图号) fits.
    """

    largest_mb: int
    most_positions: int
    kept_digits: int
    longitudes: tuple[float, float]
    latitudes: tuple[float, float]
    approval_form: str


@cache
def outline_policy() -> OutlinePolicy:
    """Return the bounds that the program ships.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    entry = read_file(rulebook_folder(), FILE)
    entry.only("mark", "largest_mb", "most_positions", "kept_digits", *_SIDES, "approval_form")
    west, east, south, north = (float(entry.number(side)) for side in _SIDES)
    return OutlinePolicy(
        largest_mb=entry.take("largest_mb", int),
        most_positions=entry.take("most_positions", int),
        kept_digits=entry.take("kept_digits", int),
        longitudes=(west, east),
        latitudes=(south, north),
        approval_form=entry.take("approval_form", str),
    )
