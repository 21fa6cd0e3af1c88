"""What a document says of itself: title, place, day, number, issuers, stage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from shuiheng.plans.model import PlanHeader
from shuiheng.plans.segment.enumerators import NUMERALS, enumerator_of, numeral_value
from shuiheng.plans.segment.pieces import LABEL_LINE, Piece
from shuiheng.plans.segment.places import jurisdiction_of
from shuiheng.plans.segment.unit_lists import looks_like_unit

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
_DAY = re.compile(r"(20\d\d)年(1[0-2]|0?[1-9])月([12]\d|3[01]|0?[1-9])日$")
_DAY_NUMERALS = re.compile(rf"([二][{NUMERALS}○OＯ0]{{3}})年([{NUMERALS}]{{1,3}})月([{NUMERALS}]{{1,3}})日$")
_SALUTATION = re.compile(r"^(?:各|市直|省直|区直|县直|厅机关|局机关|机关各).{1,400}[：:]$")
_NAMED = re.compile(r"印发[《<〈](.{4,80}?)[》>〉](?:[（(][^（()）]{1,12}[）)])?的通知$")
_ISSUER_FRONT = re.compile(r"^([^《]{3,60}?)(?:关于|印发)")
_OTHERS = re.compile(r"等\d{1,2}个?(?:部门|单位|部委)$")
_LONGEST_LINE = 60


@dataclass(frozen=True, slots=True)
class _Front:
    """The lines before the first heading, and the last lines of the document."""

    lines: tuple[str, ...]
    closing: tuple[str, ...]


def header_of(pieces: tuple[Piece, ...]) -> PlanHeader:
    """Return the header of a document; what it does not state is None or empty."""
    front = _front(pieces)
    notice, title = _titles(front.lines)
    issued, signers = _signature(front)
    issuers = signers or _issuers(front.lines, notice or title)
    plain, stage = _without_stage(title)
    stage = stage or next((found[1] for line in front.lines if (found := _STAGE_LINE.match(line))), None)
    return PlanHeader(
        title=plain,
        jurisdiction=jurisdiction_of(plain, (notice, *issuers)),
        issued=issued,
        stage=stage,
        number=next(
            (
                found[1]
                for line in front.lines
                if (found := _NUMBER.search(line)) and len(line) < _LONGEST_LINE
            ),
            None,
        ),
        issuers=issuers,
    )


def _front(pieces: tuple[Piece, ...]) -> _Front:
    lines = [piece.wording.text for piece in pieces if piece.table is None and not piece.is_contents]
    first = next(
        (
            i
            for i, piece in enumerate(p for p in pieces if p.table is None and not p.is_contents)
            if piece.enumerator
        ),
        len(lines),
    )
    tables = next((i for i, piece in enumerate(pieces) if piece.table is not None), len(pieces))
    limit = min(first, tables, 60) if lines else 0
    return _Front(
        lines=tuple(lines[:limit] or lines[:3]), closing=tuple(lines[max(limit, len(lines) - 12) :])
    )


def _titles(lines: tuple[str, ...]) -> tuple[str, str]:
    """Return the title of the covering notice (possibly empty) and that of the plan itself."""
    candidates = [title for title in _joined_titles(lines) if title]
    notice = next((title for title in candidates if title.endswith("通知")), "")
    named = _NAMED.search(notice)
    if named is not None:
        return notice, named[1]
    own = [title for title in candidates if not title.endswith("的通知")]
    if own:
        return notice, own[0]
    if notice:
        return notice, notice
    short = [
        line
        for line in lines
        if 4 <= len(line) <= _LONGEST_LINE and "。" not in line and enumerator_of(line) is None
    ]
    return "", short[0] if short else (lines[0][:_LONGEST_LINE] if lines else "")


def _joined_titles(lines: tuple[str, ...]) -> list[str]:
    """Return the lines that read as titles, a title broken over up to four lines joined."""
    titles: list[str] = []
    index = 0
    while index < len(lines):
        words, end = "", index
        for end in range(index, min(index + 4, len(lines))):
            line = lines[end]
            if not _may_be_title(line) or (words and len(words) + len(line) > 100):
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


def _may_be_title(line: str) -> bool:
    return (
        len(line) <= _LONGEST_LINE
        and not re.search(r"[。；：:]", line)
        and not re.match(r"附(?:件|表|录)|来源|发布|索引|[（(]", line)
        and _NUMBER.search(line) is None
        and LABEL_LINE.match(line) is None
        and _DAY.search(line) is None
        and _DAY_NUMERALS.search(line) is None
        and not _is_unit_line(line)
    )


def _is_unit_line(line: str) -> bool:
    """Return whether a line holds names of units only, as above a title or in a signature."""
    return bool(_names_of(line)) and re.search(r"关于|印发|方案|规划|计划", line) is None


def _is_whole_title(words: str) -> bool:
    return (
        _ENDS_AS_TITLE.search(words) is not None
        and words.count("《") == words.count("》")
        and words.count("“") == words.count("”")
        and len(words) >= 6
        and not re.match(r"[》）]|的通知|方案|现将", words)
    )


def _signature(front: _Front) -> tuple[date | None, tuple[str, ...]]:
    """Return the day under the signature and the units that signed."""
    for lines in (front.lines, front.closing):
        for index, line in enumerate(lines):
            found = _signed_day(line)
            if found is None or index == 0:
                continue
            day, before = found
            signers = _signers(lines[max(0, index - 14) : index], before)
            if signers or index >= 2:
                return day, signers
    return None, ()


def _signed_day(line: str) -> tuple[date, str] | None:
    """Return the day that ends a short line and what stands before it there."""
    if len(line) > _LONGEST_LINE or re.search(r"来源|时间|日期|印发|施行|发布|[。；]", line):
        return None
    found = _DAY.search(line)
    if found is not None:
        parts = (int(found[1]), int(found[2]), int(found[3]))
    else:
        found = _DAY_NUMERALS.search(line)
        if found is None:
            return None
        year = re.sub("[○OＯ0]", "〇", found[1])
        parts = (numeral_value(year), numeral_value(found[2]), numeral_value(found[3]))
    before = line[: found.start()].strip("（(）)")
    if before and not looks_like_unit(before):
        return None
    try:
        return date(*parts), before
    except ValueError:
        return None


def _signers(lines: tuple[str, ...], last: str) -> tuple[str, ...]:
    names: list[str] = []
    for line in reversed((*lines, last) if last else lines):
        own = [name for name in _names_of(line) if name]
        if not own:
            break
        names = [*own, *names]
    return tuple(dict.fromkeys(names))


def _names_of(line: str) -> list[str]:
    """Return the units of a line that holds nothing else, names printed side by side apart."""
    bare = re.sub(r"[（(][^（()）]{0,20}代章[）)]$", "", line)
    if len(bare) > 160 or re.search(r"[。：:，；《]|关于|印发|\d{4}年", bare):
        return []
    parts = re.findall(
        r".+?(?:委员会|人民政府|办公室|办公厅|管理局|[一-鿿]局|[一-鿿]厅|[一-鿿]部(?!门)|管委会|集团|公司|中心|支行|指挥部)(?=[省市区县中国一-鿿]{2}|$)",
        bare,
    )
    if "".join(parts) == bare and len(parts) > 1 and _same_front(parts):
        return parts
    return [bare] if len(bare) >= 4 and looks_like_unit(bare) else []


def _same_front(parts: list[str]) -> bool:
    return all(part[:2] == parts[0][:2] for part in parts)


def _issuers(lines: tuple[str, ...], notice: str) -> tuple[str, ...]:
    """Return the units named above the title or at the front of the notice's title."""
    above: list[str] = []
    for line in lines[:8]:
        names = _names_of(line)
        if names:
            above += names
        elif above:
            break
    if above:
        return tuple(dict.fromkeys(above))
    found = _ISSUER_FRONT.match(notice)
    if found is None:
        return ()
    names = re.split(r"[、\s]", _OTHERS.sub("", found[1]))
    return tuple(names) if all(looks_like_unit(name) for name in names) else ()


def _without_stage(title: str) -> tuple[str, str | None]:
    found = _STAGE.search(title)
    if found is None or found.start() < 4 or found[0][0] not in "（(【[":
        return title, None
    return title[: found.start()], found[1]
