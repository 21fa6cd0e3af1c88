"""The caption of a table: the short line above it."""

from __future__ import annotations

import re

from shuiheng.plans.segment.pieces import Piece
from shuiheng.plans.wording import Wording

_CAPTION = re.compile(
    r"(?:专栏|附?表|图表)\s*[\d一二三四五六七八九十]{0,3}|.{2,50}(?:表|指标|目标|计划|清单|情况|一览|任务)(?:[（(][^（()）]{0,24}[）)])?$"
)
_UNIT_LINE = re.compile(r"[（(]?(?:计量)?单位[：:]")
_LONGEST_CAPTION = 60


def titles_of_tables(pieces: tuple[Piece, ...]) -> dict[int, Wording]:
    """Return the caption of each table that has one, by the identity of its block.

    A line that states the unit of measurement may stand between caption and table.
    """
    titles: dict[int, Wording] = {}
    for index, piece in enumerate(pieces):
        if piece.table is None:
            continue
        for before in reversed(pieces[max(0, index - 2) : index]):
            text = before.wording.text
            if before.table is not None:
                break
            if _UNIT_LINE.match(text):
                continue
            if len(text) <= _LONGEST_CAPTION and "。" not in text and _CAPTION.match(text):
                titles[id(piece.table)] = before.wording
            break
    return titles
