"""Dates in a plan: what each stands for and the day that it sets."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shuiheng.plans.extract.numerals import number_of
from shuiheng.plans.extract.surface import BRACKET, Surface


class DateUse(StrEnum):
    """What a date does in its sentence.

    DEADLINE governs what follows. BASE is the year of comparison. PAST tells of results.
    START begins a period. NAME belongs to the name of a thing and governs nothing.
    """

    DEADLINE = "deadline"
    BASE = "base"
    PAST = "past"
    START = "start"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMark:
    """A date as written, with the day it sets.

    Args:
        start: First character, words such as 到 included.
        end: Behind its last character.
        use: What it does in its sentence.
        year: The (last) year that it names.
        day: Last day of the time that it names, or None when no year is known.
        first_year: First year of a period, or the year itself.
        is_year_before: Whether it says before a whole year (2020年前), which is read both ways.
        is_inferred: Whether its year comes from the document and not from the words.
        other_day: For a time within a year that nothing names (年底前): its day in the year of the
            document, which a person may choose, or None.
    """

    start: int
    end: int
    use: DateUse
    year: int | None
    day: date | None
    first_year: int | None
    is_year_before: bool = False
    is_inferred: bool = False
    other_day: date | None = None


_YEAR = r"(?:(?:19|20)\d\d|二[〇○零][一二三四五六七八九〇○零]{2})"
_TAIL = (
    r"(?:年(?:度)?(?P<tail>(?:年)?(?:(?:1[0-2]|0?[1-9]|"
    r"十[一二]?|[一二三四五六七八九])(?:-(?P<month2>1[0-2]|[1-9]))?月(?:(?:[12]\d|3[01]|0?[1-9])日|"
    r"份)?"
    r"|上半年|下半年|[春秋]季学期|(?:第?[一二三四]|前三)季度)?(?:底|末|中旬|上旬|下旬|内)?(?:之前|以前|前)?))"
)
_LEAD = r"(?P<lead>截至到?|截止到?|到|至|在|于|从|自|较|比|与|同|以|以到)?"
_PATTERN = re.compile(
    rf"{_LEAD}(?:(?P<first>{_YEAR})年?[-~至到]{{1,2}}(?P<last>{_YEAR})年(?P<span_tail>度|期间|间|末|底)?"
    rf"|(?P<year>{_YEAR}){_TAIL}"
    rf"|"
    rf"[“▣]?(?P<plan>十[一二三四五六七八九])五[”▣]?(?:规划)?(?P<plan_tail>期间|"
    rf"时期|期末|末期|末|以来|初期?|收官|中后期|中期)"
    rf"|(?<![每各上\d])(?P<bare_quarter>第?[一二三四]季度|上半年)(?:末|底|(?:末|底)?(?:之前|以前|前))"
    rf"|(?P<relative>今年|本年度|当年|明年|(?<![每各半一二三四五六七八九十两\d])年|"
    rf"(?<!每年)(?<!\d)(?P<bare_month>1[0-2]|0?[1-9])月)(?P<relative_tail>年?底(?:之前|以前|"
    rf"前)?|内|末)|(?P<whole_year>全年)(?!度)"
    rf"|(?P<bare_year>(?:19|20)\d\d)(?=相?[比降下减增]|年|(?:[、和与](?:19|20)\d\d){{1,6}}年))"
)
_YEAR_LIST = re.compile(r"(?:[、和与](?:19|20)\d\d){1,6}年")
_AFTER_START = re.compile(r"^(?:起|以后|之后|后|开始)")
_AFTER_PAST = re.compile(r"^(?:以来|来)")
_AFTER_BASE = re.compile(r"^(?:相比|为基|为基准|基础上|水平|为?基期|的基础|▢*相比)")
_AFTER_NAME = re.compile(
    r"^是|^[^，。；、：]{0,5}(?:建成|投产|注册|发布|实施|下达|出台|开工|印发|发现|通报|确定|认定|摸排|排查出)[^，。；、：]{0,3}的|^的"
)
_DIGITS = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}


def date_marks(surface: Surface, *, known_year: int | None) -> list[DateMark]:
    """Return the dates of a passage in order; dates in titles and brackets are left out.

    Args:
        surface: The passage.
        known_year: Year of the document, by which 今年 and past years are judged, or None.
    """
    marks: list[DateMark] = []
    said: int | None = None
    hidden = sorted([*surface.brackets, *(pair for pair in surface.quotations if pair[1] - pair[0] > 5)])
    for match in _PATTERN.finditer(surface.plain):
        index = bisect_right(hidden, (match.start(), len(surface.plain))) - 1
        if index >= 0 and match.start() < hidden[index][1]:
            continue
        mark = _mark(match, surface, _Years(known=known_year, said=said))
        if mark is not None:
            marks.append(mark)
            said = mark.year if mark.use is DateUse.DEADLINE and mark.day is not None else said
    return marks


@dataclass(frozen=True, slots=True, kw_only=True)
class _Years:
    """The year of the document, and the year of the deadline that was said last in the passage."""

    known: int | None
    said: int | None


def _mark(match: re.Match[str], surface: Surface, years: _Years) -> DateMark | None:
    first, last, day = _time(match, years)
    rest = surface.plain[match.end() : match.end() + 32]
    start = match.start() if _lead_belongs(match, surface) else match.start() + len(match["lead"] or "")
    is_within_year = match["relative"] == "年"
    is_named = bool(match["relative"]) and not is_within_year and not match["bare_month"]
    if last is None and (is_named or match["whole_year"] or match["bare_quarter"]):
        return None
    before = match["tail"] and match["tail"] in {"前", "之前", "以前"} and bool(match["year"])
    return DateMark(
        start=start,
        end=match.end(),
        use=_use(match, rest, surface, last=last, known_year=years.known),
        year=last,
        day=day,
        first_year=first,
        is_year_before=bool(before),
        is_inferred=bool(match["relative"] or match["whole_year"] or match["bare_quarter"]),
        other_day=_end_of_month(years.known, 12) if day is None and is_within_year and years.known else None,
    )


def _lead_belongs(match: re.Match[str], surface: Surface) -> bool:
    """Return whether the word in front is part of the date and not the end of another word."""
    lead = match["lead"]
    if not lead:
        return True
    before = surface.masked[max(0, match.start() - 1) : match.start()]
    return not (lead == "到" and before in {"达", "得", "受", "提", "降"}) and not (
        lead == "与" and before == "参"
    )


def _time(match: re.Match[str], years: _Years) -> tuple[int | None, int | None, date | None]:
    if match["first"]:
        first, last = _year_number(match["first"]), _year_number(match["last"])
        return first, last, date(last, 12, 31)
    if match["plan"]:
        end = 1955 + 5 * (10 + "一二三四五六七八九".index(match["plan"][1]) + 1)
        is_middle = (match["plan_tail"] or "") == "中期"
        return end - 4, end, date(end - 2 if is_middle else end, 12, 31)
    if match["bare_quarter"]:
        near = years.said or years.known
        return near, near, None if near is None else _day_of_tail(near, match["bare_quarter"], None)
    if match["relative"] or match["whole_year"]:
        month = int(match["bare_month"]) if match["bare_month"] else 12
        relative = _relative_year(match, years)
        return relative, relative, None if relative is None else _end_of_month(relative, month)
    year = _year_number(match["year"] or match["bare_year"])
    return year, year, _day_of_tail(year, match["tail"] or "", match["month2"])


def _relative_year(match: re.Match[str], years: _Years) -> int | None:
    """Return the year that 今年, 6月底前 or 年底前 means; the last takes none from the title."""
    if match["whole_year"] or match["relative"] == "年":
        return years.said
    if match["relative"] in {"今年", "本年度", "明年"}:
        return None if years.known is None else years.known + (match["relative"] == "明年")
    return years.said or years.known


def _year_number(words: str) -> int:
    return int("".join(_DIGITS.get(char, char) for char in words))


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day_of_tail(year: int, tail: str, second_month: str | None) -> date:
    month = re.search(r"(\d{1,2}|十[一二]?|[一二三四五六七八九])(?:-\d+)?月", tail)
    if month:
        number = int(second_month or number_of(month[1]) or 12)
        day = re.search(r"月(\d{1,2})日", tail)
        last = monthrange(year, number)[1]
        return date(year, number, min(int(day[1]), last) if day else last)
    if "上半年" in tail or "春季" in tail:
        return date(year, 6, 30)
    quarter = re.search(r"第?([一二三四])季度", tail)
    if quarter:
        return _end_of_month(year, 3 * ("一二三四".index(quarter[1]) + 1))
    return date(year, 9, 30) if "前三季度" in tail else date(year, 12, 31)


def _use(
    match: re.Match[str], rest: str, surface: Surface, *, last: int | None, known_year: int | None
) -> DateUse:
    lead, tail = match["lead"] or "", match["tail"] or ""
    is_event = tail.endswith("日") and not lead
    is_over = known_year is not None and last is not None and last < known_year and not _asks(match)
    tests = (
        (DateUse.BASE, lead in {"较", "比", "与", "同"} or bool(_AFTER_BASE.match(rest))),
        (DateUse.NAME, bool(match["bare_year"]) and lead not in {"到", "至"} and not _YEAR_LIST.match(rest)),
        (
            DateUse.PAST,
            lead.startswith("截") or bool(_AFTER_PAST.match(rest)) or match["plan_tail"] == "以来",
        ),
        (DateUse.START, lead in {"从", "自"} or (bool(_AFTER_START.match(rest)) and not tail.endswith("前"))),
        (DateUse.NAME, bool(_AFTER_NAME.match(rest)) and lead not in {"到", "至"}),
        (DateUse.NAME, bool(match["first"]) and _names_a_work(match, surface)),
        (DateUse.PAST, is_event or is_over),
        (DateUse.NAME, match[0].endswith("年度") and bool(_YEARS_OF.search(_clause_before(match, surface)))),
        (DateUse.NAME, bool(_FRAMED.match(_clause_before(match, surface)))),
        (DateUse.DEADLINE, _stands_free(match, surface)),
    )
    return next((use for use, holds in tests if holds), DateUse.NAME)


def _names_a_work(match: re.Match[str], surface: Surface) -> bool:
    """Return whether years belong to the name of what is drawn up: 编制2022-2023年清单."""
    behind = surface.masked[match.end() : match.end() + 2]
    return bool(
        _DRAWS_UP.search(_clause_before(match, surface)) and re.fullmatch(r"[\u4e00-\u9fff]{2}", behind)
    )


def _clause_before(match: re.Match[str], surface: Surface) -> str:
    """Return the words of the clause before the date, at most sixty."""
    window = surface.masked[max(0, match.start() - 60) : match.start()]
    return re.split(r"[，。；：]", window)[-1]


def _asks(match: re.Match[str]) -> bool:
    """Return whether the words ask for something by a day (到, 前) and do not only name a year."""
    return (match["lead"] or "") in {"到", "至"} or (match["tail"] or "").endswith("前")


_DRAWS_UP = re.compile(r"(?:编制|核算|提供|填报|汇编|修订|印发|上报)$")
_FRAMED = re.compile(r"(?:根据|按照|依据|对照)[^，。；]*$|(?:综合考虑|围绕|为了|结合|落实)[^，。；]{4,}$")
_YEARS_OF = re.compile(r"(?:完成|分解|下达|制定|编制|落实|开展|组织)(?:(?:19|20)\d\d年?[、和-])*$")
_FREE_BEFORE = re.compile(
    r"(?:^|[，。；：！？、▢▦)）]|力争|争取|确保|努力|力求|并|且|计划|预计|"
    r"其中[，：]?|分别于?|要|应|须|和|及|与|应当|原则上|-)$"
)
_VALUE_AFTER = re.compile(
    r"^[^，。；的]{0,12}(?:率|量|系数|面积|占比|比例)(?:分别|均|要)?(?:达|不|控|降|提|[≥≤])"
)
_FREE_AFTER = re.compile(
    r"^(?:[，：]|前|全[市区县省面部国]|我[市区县省]|要|应|须|分?别?完成|建成|达到?|实现|基本|力争|争取|预期|分别|控制|不[高低超少大小]|[比较](?:20|▦)|降|提高)"
)


def _stands_free(match: re.Match[str], surface: Surface) -> bool:
    """Return whether the date governs: it opens a clause or says by when."""
    if (match["lead"] or "") in {"到", "至"} or match["relative"] or match["plan"] or match["first"]:
        return True
    if match["whole_year"] or match["bare_quarter"]:
        return True
    tail = match["tail"] or match["span_tail"] or ""
    if tail.endswith(("前", "内", "末", "底", "期间")) or "月" in tail:
        return True
    before = surface.masked[max(0, match.start() - 4) : match.start()]
    if _FREE_BEFORE.search(before):
        return not re.match(r"^(?:的|度?[^，。；]{0,2}修订)", surface.masked[match.end() : match.end() + 4])
    after = surface.masked[match.end() : match.end() + 24]
    return bool(_FREE_AFTER.match(after) or _VALUE_AFTER.match(after)) and BRACKET not in before
