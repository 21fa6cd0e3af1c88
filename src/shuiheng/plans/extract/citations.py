"""Laws, standards, notices and plans that a document cites."""

from __future__ import annotations

import re

from shuiheng.kernel import Span
from shuiheng.plans.document import SourceDocument
from shuiheng.plans.model import CitedSource
from shuiheng.plans.plain_form import plain_form
from shuiheng.plans.wording import squeeze

_TITLE = re.compile(r"《(?P<title>(?:[^《》]|《[^《》]{1,60}》){2,80})》")
_STANDARD = re.compile(
    r"(?<![A-Za-z])(?:GB|GBJ|SL|CJJ|CJ|HJ|JGJ|JG|LY|NY|DB\d{0,2}|"
    r"T)(?:/[TZA-Z]{1,8})?[-\s]?\d{1,6}(?:\.\d{1,3})?(?:-(?:19|"
    r"20)?\d{2})?(?!\d)"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[［【（](?:19|20)\d\d[〕\]］】）](?:第)?\d{1,5}号")
_NUMBER_BEHIND = re.compile(r"[）》]{0,2}（(?P<number>[^（）]{2,60})）")
_MADE = re.compile(
    r"(?:编制|制定|制订|起草|出台|填写|形成|完成|修订|研究制定|编写|印发|发布|现将|拟定|完善)(?:了)?$"
)
_MADE_BEHIND = re.compile(r"^(?:的)?(?:编制|制定|制订|起草|修编|报批|初稿)")
_LEADING = re.compile(r"^(?:按照|根据|依据|参照|见|详见|执行|和|及|以及|与|、|号)+")


def cited_sources(document: SourceDocument, *, own_title: str = "") -> tuple[CitedSource, ...]:
    """Return what the document cites, each once at its first place, in order.

    Titles that the document says it will write (编制《…》) and its own title are no citations.
    """
    wording = squeeze(document.text)
    plain = plain_form(wording.text)
    found: list[tuple[int, CitedSource]] = []
    taken: list[tuple[int, int]] = []
    for match in _TITLE.finditer(plain):
        if _is_own(match, plain, own_title):
            taken.append(match.span())
            continue
        number = _number_behind(plain, match.end())
        end = match.end() if number is None else number.end() - 1
        text = wording.text[number.start("number") : number.end("number")] if number else None
        taken.append((match.start(), number.end() if number else match.end()))
        title = wording.text[match.start("title") : match.end("title")]
        found.append((match.start(), _source(document, title, text, wording.span_of(match.start(), end))))
    for pattern in (_STANDARD, _NUMBER):
        for match in pattern.finditer(plain):
            if _inside(taken, match.start()):
                continue
            start = match.start() + _leading(match[0])
            words = wording.text[start : match.end()]
            found.append((start, _source(document, words, words, wording.span_of(start, match.end()))))
    return _once([source for _, source in sorted(found, key=lambda pair: pair[0])])


def _leading(words: str) -> int:
    """Return how many characters before a number belong to the sentence and not to the number."""
    before = max(
        (words.rfind(sign) + len(sign) for sign in ("通知", "意见", "公告", "文件", "的") if sign in words),
        default=0,
    )
    opening = _LEADING.match(words[before:])
    return before + (opening.end() if opening else 0)


def _is_own(match: re.Match[str], plain: str, own_title: str) -> bool:
    title = match["title"]
    if own_title and (title == own_title or plain_form(own_title) == title):
        return True
    before = plain[max(0, match.start() - 6) : match.start()]
    return bool(_MADE.search(before) or _MADE_BEHIND.match(plain[match.end() : match.end() + 4]))


def _number_behind(plain: str, at: int) -> re.Match[str] | None:
    found = _NUMBER_BEHIND.match(plain, at)
    if found is None:
        return None
    words = found["number"]
    return found if _STANDARD.fullmatch(words) or re.search(r"号$|[〔\[［]\d{4}", words) else None


def _inside(ranges: list[tuple[int, int]], at: int) -> bool:
    low, high = 0, len(ranges)
    while low < high:
        middle = (low + high) // 2
        if ranges[middle][1] <= at:
            low = middle + 1
        else:
            high = middle
    return low < len(ranges) and ranges[low][0] <= at


def _source(document: SourceDocument, title: str, number: str | None, span: Span) -> CitedSource:
    return CitedSource(title=title, number=number, span=span, page=page_at(document, span))


def page_at(document: SourceDocument, span: Span) -> int | None:
    """Return the page on which a span begins, or None."""
    return document.page_at(span.start)


def _once(sources: list[CitedSource]) -> tuple[CitedSource, ...]:
    kept: dict[tuple[str, str | None], CitedSource] = {}
    numbered = {source.title for source in sources if source.number}
    for source in sources:
        if source.number is None and source.title in numbered:
            continue
        kept.setdefault((source.title, source.number), source)
    return tuple(kept.values())
