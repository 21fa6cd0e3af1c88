"""What a document says of itself: title, place, day, number, issuers, stage."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuiheng.plans.model import PlanHeader
from shuiheng.plans.segment.enumerators import enumerator_of
from shuiheng.plans.segment.pieces import LABEL_LINE, Piece
from shuiheng.plans.segment.places import jurisdiction_of
from shuiheng.plans.segment.signature import (
    LONGEST_LINE,
    OTHERS,
    ends_in_day,
    names_of,
    signature_in,
    signature_inside,
)
from shuiheng.plans.segment.unit_lists import looks_like_unit
from shuiheng.plans.wording import Wording

MOST_FRONT_LINES = 60
LAST_LINES = 24
_KIND = (
    "方案|规划|计划|意见|措施|办法|通知|要点|清单|安排|决定|细则|规定|条例|行动|纲要|指南"
    "|通告|公告|指引|台账|表"
)
_ENDS_AS_TITLE = re.compile(rf"(?:{_KIND})(?:》?的通知)?(?:[（(][^（()）]{{1,24}}[）)])?$")
_STAGE = re.compile(
    r"[（(【\[]?((?:公开)?征求意见稿|草案|送审稿|报批稿|讨论稿|审议稿|试行|暂行|修订稿?|修订版|初稿)[）)】\]]?$"
)
_STAGE_LINE = re.compile(
    r"^[（(【\[](?:[^（()）]{0,8})?((?:公开)?征求意见稿|草案|送审稿|报批稿|讨论稿|审议稿|试行|暂行|修订稿?|初稿)[）)】\]]$"
)
_NUMBER = re.compile(
    r"(?:^|(?<=[^一-鿿\w]))[（(]?([一-鿿]{1,14}[〔﹝\[【（(]\s*20\d\d\s*[〕﹞\]】）)]\s*(?:第)?\d{1,5}号)[）)]?$"
)
_NAMED = re.compile(r"印发[《<〈](.{4,80}?)[》>〉](?:[（(][^（()）]{1,12}[）)])?的通知$")
_NAMED_PLAIN = re.compile(rf"印发([^《》]{{6,80}}(?:{_KIND})(?:[（(][^（()）]{{1,12}}[）)])?)的通知$")
_ISSUER_FRONT = re.compile(r"^([^《]{3,60}?)(?:关于|印发)")


@dataclass(frozen=True, slots=True)
class _Front:
    """The lines before the first heading, those behind it, and the last lines of the document."""

    lines: tuple[Wording, ...]
    middle: tuple[Wording, ...]
    closing: tuple[Wording, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The first lines without white space."""
        return tuple(line.text for line in self.lines)


def header_of(pieces: tuple[Piece, ...]) -> PlanHeader:
    """Return the header of a document; what it does not state is None or empty."""
    front = _front(pieces)
    notice, title = _titles(front)
    issued, signers = signature_in(front.lines)
    if issued is None:
        issued, signers = signature_in(front.closing)
    if issued is None:
        issued, signers = signature_inside(front.middle)
    issuers = signers or _issuers(front, notice or title)
    plain, stage = _without_stage(title)
    stages = (_STAGE_LINE.match(line) for line in front.texts)
    numbers = (_NUMBER.search(line) for line in front.texts if len(line) < LONGEST_LINE)
    return PlanHeader(
        title=plain,
        jurisdiction=jurisdiction_of(plain, (notice, *issuers)),
        issued=issued,
        stage=stage or next((found[1] for found in stages if found), None),
        number=next((found[1] for found in numbers if found), None),
        issuers=issuers,
    )


def _front(pieces: tuple[Piece, ...]) -> _Front:
    """Return the lines before the first heading or table, and the last lines."""
    lines: list[Wording] = []
    limit: int | None = None
    for piece in pieces:
        if limit is None and (piece.table is not None or (piece.enumerator and not piece.is_contents)):
            limit = len(lines)
        if piece.table is None and not piece.is_contents:
            lines.append(piece.wording)
    first = min(len(lines) if limit is None else limit, MOST_FRONT_LINES)
    return _Front(
        lines=tuple(lines[:first] or lines[:3]),
        middle=tuple(lines[first:]),
        closing=tuple(lines[max(first, len(lines) - LAST_LINES) :]),
    )


def _titles(front: _Front) -> tuple[str, str]:
    """Return the title of the covering notice (possibly empty) and that of the plan itself."""
    candidates = _joined_titles(front)
    notice = next((title for title in candidates if title.endswith("通知")), "")
    named = _NAMED.search(notice) or _NAMED_PLAIN.search(notice)
    if named is not None:
        return notice, named[1]
    own = [title for title in candidates if not title.endswith("的通知")]
    if own:
        return notice, own[0]
    if notice:
        return notice, notice
    lines = front.texts
    short = [
        line
        for line in lines
        if 4 <= len(line) <= LONGEST_LINE and "。" not in line and enumerator_of(line) is None
    ]
    return "", short[0] if short else (lines[0][:LONGEST_LINE] if lines else "")


def _joined_titles(front: _Front) -> list[str]:
    """Return the lines that read as titles, a title broken over up to four lines joined."""
    titles: list[str] = []
    lines = front.texts
    allowed = [_may_be_title(line) for line in front.lines]
    index = 0
    while index < len(lines):
        words, end = "", index
        for end in range(index, min(index + 4, len(lines))):
            line = lines[end]
            if not allowed[end] or (words and len(words) + len(line) > 100):
                break
            words += line
            if _is_whole_title(words) and not _runs_on(lines, end):
                titles.append(words)
                break
        index = end + 1 if titles and words and titles[-1] == words else index + 1
    return titles


def _runs_on(lines: tuple[str, ...], end: int) -> bool:
    """Return whether the next line still belongs to the title (`…的通知`, `（2021—2023年）`)."""
    if end + 1 >= len(lines):
        return False
    following = lines[end + 1]
    return (
        following in ("的通知", "通知")
        or re.fullmatch(r"》?的通知|[（(]20[^（()）]{2,16}[）)]", following) is not None
    )


def is_title_line(words: Wording) -> bool:
    """Return whether a line is the whole title of a plan, notice or table."""
    return _may_be_title(words) and _is_whole_title(words.text)


def _may_be_title(words: Wording) -> bool:
    line = words.text
    is_unit_line = bool(names_of(words)) and re.search(r"方案|规划|计划", line) is None
    return (
        len(line) <= LONGEST_LINE
        and not re.search(r"[。；：:]", line)
        and not re.match(r"附(?:件|表|录)|来源|发布|索引|[（(]", line)
        and _NUMBER.search(line) is None
        and LABEL_LINE.match(line) is None
        and not ends_in_day(line)
        and not is_unit_line
    )


def _is_whole_title(words: str) -> bool:
    return (
        _ENDS_AS_TITLE.search(words) is not None
        and words.count("《") == words.count("》")
        and words.count("“") == words.count("”")
        and len(words) >= 6
        and not re.match(r"[》）]|的通知|方案|现将", words)
    )


def _issuers(front: _Front, notice: str) -> tuple[str, ...]:
    """Return the units named above the title or at the front of the notice's title."""
    above: list[str] = []
    for line in front.lines[:8]:
        names = names_of(line)
        if not names and above:
            break
        above += names
    if above:
        return tuple(dict.fromkeys(above))
    found = _ISSUER_FRONT.match(notice)
    if found is None:
        return ()
    titled = next((line for line in front.lines if line.text.startswith(found[1])), None)
    side_by_side = names_of(titled.part(0, len(found[1]))) if titled is not None else ()
    if side_by_side:
        return side_by_side
    named = OTHERS.sub("", found[1]).split("、")
    return tuple(named) if all(looks_like_unit(name) for name in named) else ()


def _without_stage(title: str) -> tuple[str, str | None]:
    found = _STAGE.search(title)
    if found is None or found.start() < 4 or found[0][0] not in "（(【[":
        return title, None
    return title[: found.start()], found[1]
