"""The day under a document and the units that signed it."""

from __future__ import annotations

import re
from datetime import date

from shuiheng.plans.segment.enumerators import NUMERALS, numeral_value
from shuiheng.plans.segment.unit_lists import looks_like_unit
from shuiheng.plans.wording import Wording

LONGEST_LINE = 60
LONGEST_NAMES = 160
_MOST_SIGNERS = 24

_DAY = re.compile(r"(20\d\d)年(1[0-2]|0?[1-9])月([12]\d|3[01]|0?[1-9])日$")
_DAY_NUMERALS = re.compile(rf"(二[{NUMERALS}○OＯ0]{{3}})年([{NUMERALS}]{{1,3}})月([{NUMERALS}]{{1,3}})日$")
_NO_SIGNATURE = re.compile(r"来源|时间|日期|印发|施行|发布|[。；]")
_NO_NAME = re.compile(r"[。：:，；《]|关于|印发|\d{4}年")
OTHERS = re.compile(r"等\d{1,2}个?(?:部门|单位|部委)$")
_STAMPED = re.compile(r"[（(][^（()）]{0,20}代章[）)]$")
CLOSING_SENTENCE = re.compile(
    r"(?:本|此)(?:行动|实施|工作)?(?:通知|意见|方案|办法|规划|计划|规定|细则|措施|决定|要点|清单|文件)"
    r"(?:自|从|由|有效期|未尽|的?解释)|(?:本文件)?有效期(?:为|至|[\d一二三四五六七八九十]{1,3}年)|特此(?:通知|报告|函)"
)
_CLOSING_LINE = re.compile(r"[（(](?:此件|本文|联系)|(?:抄送|联系人|联系电话|主送)[：:]")
_SIDE_BY_SIDE = re.compile(
    r".+?(?:委员会|人民政府|办公室|办公厅|管委会|集团|公司|中心|支行|指挥部|[一-鿿][局厅]|[一-鿿]部(?!门))(?=[一-鿿]{2}|$)"
)


def spaced(words: Wording) -> str:
    """Return the words with one space where white space stood between them."""
    text, offsets = words.text, words.offsets
    return "".join(
        f" {char}" if index and offsets[index] > offsets[index - 1] + 1 else char
        for index, char in enumerate(text)
    )


def ends_in_day(line: str) -> bool:
    """Return whether a line ends in a whole date."""
    return _DAY.search(line) is not None or _DAY_NUMERALS.search(line) is not None


def is_closing(line: Wording) -> bool:
    """Return whether a line belongs to the close of a document: validity, signers, day, copies."""
    text = line.text
    if CLOSING_SENTENCE.match(text) or _CLOSING_LINE.match(text):
        return True
    return len(text) <= LONGEST_LINE and (_signed_day(text) is not None or bool(names_of(line)))


def signature_inside(lines: tuple[Wording, ...]) -> tuple[date | None, tuple[str, ...]]:
    """Return the first day on a line of its own right below units, and these units.

    It is the signature of a document behind which long annexes follow.
    """
    for index, line in enumerate(lines):
        found = _signed_day(line.text)
        if found is None or index == 0 or found[1]:
            continue
        signers = _signers(lines[max(0, index - _MOST_SIGNERS) : index], "")
        if signers:
            return found[0], signers
    return None, ()


def signature_in(lines: tuple[Wording, ...]) -> tuple[date | None, tuple[str, ...]]:
    """Return the day under the first signature of some lines and the units that signed (成文日期)."""
    for index, line in enumerate(lines):
        found = _signed_day(line.text)
        if found is None or index == 0:
            continue
        day, before = found
        signers = _signers(lines[max(0, index - _MOST_SIGNERS) : index], before)
        if signers or index >= 2:
            return day, signers
    return None, ()


def names_of(line: Wording) -> tuple[str, ...]:
    """Return the units of a line that holds nothing else, those printed side by side apart."""
    others = OTHERS.search(line.text)
    line = line.part(0, others.start()) if others is not None else line
    squeezed = _STAMPED.sub("", line.text)
    if len(squeezed) > LONGEST_NAMES or _NO_NAME.search(squeezed):
        return ()
    parts = [name for part in _STAMPED.sub("", spaced(line)).split(" ") for name in _side_by_side(part)]
    if len(parts) > 1 and all(_is_name(part) for part in parts):
        return tuple(parts)
    return tuple(name for name in _side_by_side(squeezed) if len(name) >= 4 and looks_like_unit(name))


def _is_name(part: str) -> bool:
    """Return whether a part of a line is a name of its own (`水利部`), not the rest of one."""
    return looks_like_unit(part) and (len(part) >= 4 or (len(part) == 3 and part[-1] in "部委署局"))


def _with_name_cut_short(line: Wording, below: list[str]) -> list[str]:
    """Return the units of a line whose last name goes on below; that half is mended in `below`."""
    parts = spaced(line).split(" ")
    if len(parts) < 2 or not below or _NO_NAME.search(line.text):
        return []
    whole = parts[-1] + below[0]
    if not all(_is_name(part) for part in parts[:-1]) or not looks_like_unit(whole):
        return []
    below[0] = whole
    return parts[:-1]


def _side_by_side(words: str) -> list[str]:
    """Cut names printed without a space, when each starts with the same place."""
    parts = _SIDE_BY_SIDE.findall(words)
    if "".join(parts) == words and all(part[:2] == words[:2] for part in parts):
        return parts
    return [words]


def _signed_day(line: str) -> tuple[date, str] | None:
    """Return the day that ends a short line and the unit that may stand before it there."""
    if len(line) > LONGEST_LINE or _NO_SIGNATURE.search(line):
        return None
    found = _DAY.search(line) or _DAY_NUMERALS.search(line)
    if found is None:
        return None
    before = line[: found.start()].strip("（(）)")
    if before and not looks_like_unit(before):
        return None
    year = re.sub("[○OＯ0]", "〇", found[1]) if not found[1].isdecimal() else found[1]
    try:
        return date(numeral_value(year), numeral_value(found[2]), numeral_value(found[3])), before
    except ValueError:
        return None


def _signers(lines: tuple[Wording, ...], last: str) -> tuple[str, ...]:
    """Return the units on the lines right above a day; a name cut at its end is mended."""
    names: list[str] = [last] if last else []
    tail = ""
    for line in reversed(lines):
        own = list(names_of(line)) or _with_name_cut_short(line, names)
        if not own and looks_like_unit(line.text + tail) and _NO_NAME.search(line.text) is None:
            own = [line.text + tail]
        elif not own and not tail and len(line) <= 3:
            tail = line.text
            continue
        if not own:
            break
        tail = ""
        names = [*own, *names]
    return tuple(dict.fromkeys(names))
