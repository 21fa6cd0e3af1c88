"""Lines that name the unit first: a heading is the unit, or its words follow its name and a colon."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shuiheng.plans.segment.pieces import LABEL_LINE, Piece
from shuiheng.plans.segment.unit_lists import is_unit_list, looks_like_unit

FEWEST = 2
_LONGEST = 40
_ENDS_AS_UNIT = re.compile(
    r"(?:局|委|办|厅|政府|管委会|委员会|办公室|集团|公司|银行|支行|中心|部门|单位|法院|检察院|街道|妇联|总工会)$"
)
_FIRST = re.compile(r"(?P<units>[^：:。；]{3,40})[：:][^：:]{5,}[。；]$")


def is_unit_heading(text: str) -> bool:
    """Return whether a heading is the name of a unit, or of a few, and nothing else."""
    return _names_units(text.rstrip("：:。"))


def unit_lines(pieces: Iterable[Piece]) -> frozenset[int]:
    """Return the identity of lines that are a unit and a colon; a single one is a salutation."""
    found = [
        id(piece)
        for piece in pieces
        if piece.table is None
        and piece.enumerator is None
        and piece.wording.text.endswith(("：", ":"))
        and is_unit_heading(piece.wording.text)
    ]
    return frozenset(found if len(found) >= FEWEST else ())


def duty_lines(pieces: Iterable[Piece], *, fewest: int = FEWEST) -> dict[int, int]:
    """Return by identity the paragraphs such as `市水利局：编制规划。` and the length of the unit there."""
    found: dict[int, int] = {}
    for piece in pieces:
        if piece.table is None and not piece.is_contents and not piece.is_note:
            first = _FIRST.match(piece.words.text)
            if first is not None and _names_units(first["units"]):
                found[id(piece)] = first.end("units")
    return found if len(found) >= fewest else {}


def _names_units(text: str) -> bool:
    if not 2 < len(text) <= _LONGEST or LABEL_LINE.match(f"{text}："):
        return False
    names = [name for name in re.split(r"[、，]", text) if name]
    return is_unit_list(text) and all(
        looks_like_unit(name) and _ENDS_AS_UNIT.search(name) is not None for name in names
    )
