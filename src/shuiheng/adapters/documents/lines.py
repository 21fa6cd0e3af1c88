"""The grammar of lines: where a paragraph starts, where a sentence ends, what is a page number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shuiheng.adapters.documents.characters import glued

_NUMERALS = "一二三四五六七八九十百零〇两"
ENUMERATOR = re.compile(
    rf"\s*(?:"
    rf"[（(〔]\s*(?:[{_NUMERALS}]{{1,4}}|\d{{1,3}}|[a-zA-Z])\s*[）)〕]"
    rf"|[{_NUMERALS}]{{1,4}}\s*[、．]"
    rf"|\d{{1,3}}(?:\s*[、．]|\.(?!\d)|[）)])"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?=\s*[\u4e00-\u9fff])(?!\s*[亿万千百元米吨公平立个家座倍年月日度以至到至])"
    rf"|第[{_NUMERALS}\d]{{1,4}}[章节条篇部编]"
    rf"|[①-⑳⑴-⒇⒈-⒛㈠-㈩●■◆★▲◇○•·]"
    rf"|专栏\s*\d{{1,2}}"
    rf"|附\s*(?:件|表|录|图)\s*\d{{0,2}}\s*(?:[:：]|$)"
    rf"|(?:备\s*)?注\s*\d?\s*[:：]"
    rf")"
)
_SENTENCE_END = tuple("。！？；：!?;:")
_DAY = re.compile(
    r"\s*(?:[12]\d{3}|[〇○零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月"
    r"(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?\s*$"
)
_CONTENTS = re.compile(r"[^.…·．]{2,80}(?:\.\.\.|…|··|．．)[.…·．\s]{2,}[（(]?\d{1,4}[)）]?")
_TITLE_END = re.compile(
    r"(?:通知|意见|方案|办法|规划|计划|措施|公告|通告|决定|规定|要点|任务|分工|清单|目录)[”》）)]?$"
)
_NUMBER_OF_NOTICE = re.compile(r"[^，。；]{0,16}[〔\[(（]\s*(?:19|20)\d{2}\s*[〕\])）]\s*\d{1,4}\s*号")
_CAPTION = re.compile(
    r"(?:附\s*(?:件|表|录)|专栏|续?表)\s*[\d一二三四五六七八九十]{1,3}(?:[-—.．]\d{1,2})?(?:[：:\s][^，。；]{0,40})?"
    r"|(?:附\s*(?:件|表)|续表)[：:]?"
)
_CLOSING_SENTENCE = re.compile(
    r"\s*(?:(?:本|此)(?:通知|意见|方案|办法|规划|计划|规定|细则|措施|决定|要点)(?:自|从|有效期)|特此(?:通知|报告|函))"
)
_SIGNER = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:人民政府|委员会|办公厅|办公室|领导小组|指挥部|[局厅部])(?:办公室)?"
)
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-－—–―_~～·.|\s]*\d{1,4}[-－—–―_~～·.|\s]*"
    r"|[-－—–―\s]*第?\s*[\d一二三四五六七八九十]{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?[-－—–―\s]*"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}"
    r"|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?)\s*"
)


def starts_item(line: str) -> bool:
    """Return whether `line` opens with a mark that only a new paragraph has."""
    return ENUMERATOR.match(line) is not None


def ends_sentence(line: str) -> bool:
    """Return whether `line` ends where a sentence ends, closing quotes and brackets set aside."""
    plain = line.rstrip()
    return plain.rstrip("”’》）)】〕」』").endswith(_SENTENCE_END) or _ends_with_owners(plain)


def _ends_with_owners(line: str) -> bool:
    """Return whether a line ends with a bracket that names who is responsible."""
    if not line.endswith(("）", ")", "〕", "】")):
        return False
    opened = max(line.rfind(mark) for mark in "（(〔【")
    return opened >= 0 and re.search(r"单位|负责|牵头|配合|参与|部门|落实", line[opened:]) is not None


def is_page_number(line: str) -> bool:
    """Return whether `line` is nothing but a page number."""
    plain = line.strip()
    return 0 < len(plain) <= 24 and _PAGE_NUMBER.fullmatch(plain) is not None


def is_caption(line: str) -> bool:
    """Return whether `line` is the numbered caption of an annex or a table, and no sentence."""
    return len(line) < 120 and _CAPTION.fullmatch(line.strip()) is not None


def is_contents_line(line: str) -> bool:
    """Return whether `line` is an entry of a table of contents: words, dots, a page."""
    return len(line) <= 200 and _CONTENTS.fullmatch(line.strip()) is not None


def is_day_line(line: str) -> bool:
    """Return whether `line` is nothing but a day, as below a signature."""
    return len(line) < 40 and _DAY.match(line) is not None


def is_running(line: str) -> bool:
    """Return whether `line` reads like running text: long, with a comma or stop inside."""
    return len(line) >= 20 and re.search(r"[，。；]", line) is not None


def continues(before: str, after: str) -> bool:
    """Return whether `after` goes on with the sentence that the break behind `before` cut."""
    if not before or not after or starts_item(after) or is_day_line(after):
        return False
    if _NUMBER_OF_NOTICE.match(after) or _CLOSING_SENTENCE.match(after):
        return False
    if before.rstrip()[-1:] in "、，,（(“《〔":
        return True
    if before.rstrip()[-1:] in "）】〕" and _SIGNER.fullmatch(after.strip()):
        return False
    return is_running(before) and not ends_sentence(before) and not _TITLE_END.search(before)


def joined_lines(lines: Iterable[str]) -> str:
    """Return wrapped lines as one line."""
    text = ""
    for line in lines:
        text = glued(text, line.strip(" \u3000\t"))
    return text
