"""How returned workbooks are looked at and taken in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder

FILE = "policies/imports.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPolicy:
    """Rules for returned workbooks.

    Args:
        background_rows: A workbook with more reports than this is written in the background.
        far_times: A value so many times the last one, or so small a part of it, wants a reason.
        growing_kinds: Sorts of targets whose value is a running total; one that falls wants a reason.
    """

    background_rows: int
    far_times: Decimal
    growing_kinds: tuple[str, ...]


@cache
def import_policy() -> ImportPolicy:
    """Return the rules for returned workbooks.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    entry = read_file(rulebook_folder(), FILE)
    entry.only("background_rows", "far_times", "growing_kinds")
    return ImportPolicy(
        background_rows=entry.take("background_rows", int),
        far_times=entry.number("far_times"),
        growing_kinds=entry.words("growing_kinds"),
    )
