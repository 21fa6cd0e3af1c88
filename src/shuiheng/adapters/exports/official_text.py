"""Paragraphs of an official document: each line of a report in the style of its part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from shuiheng.adapters.exports.official_styles import StyleId, characters, lines, twips, twips_of_mm
from shuiheng.reports.lines import Line, LineRole
from shuiheng.reports.official_form import OfficialForm
from shuiheng.reports.title import text_width, title_lines

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLES = {
    LineRole.BODY: StyleId.BODY,
    LineRole.ADDRESSEES: StyleId.ADDRESSEES,
    LineRole.ANNEX_MARK: StyleId.ANNEX_MARK,
}
_HEADINGS = (StyleId.HEADING_1, StyleId.HEADING_2, StyleId.HEADING_3, StyleId.HEADING_4)
_SIGNING = (LineRole.SIGNER, LineRole.DAY)
_ANNEX_WORD = "附件："
_RED = "FF0000"


def paragraph_xml(style: StyleId, words: str, *, properties: str = "", run: str = "") -> str:
    """Return a paragraph; characters that no document may hold are left out, line feeds break lines."""
    broken = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(_NOT_XML.sub("", line))}</w:t>' for line in words.split("\n")
    )
    formatted = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr><w:r>{formatted}{broken}</w:r></w:p>'


def front_xml(front: Sequence[Line], form: OfficialForm) -> Iterator[str]:
    """Yield the paragraphs before the annexes, in order; the signature stays with the text before it."""
    signing = [index for index, line in enumerate(front) if line.role in _SIGNING]
    kept = range(max(signing[0] - 1, 0), signing[-1]) if signing else range(0)
    has_number = any(line.role is LineRole.NUMBER for line in front)
    day = next((line.text for line in front if line.role is LineRole.DAY), "")
    for index, line in enumerate(front):
        keep = "<w:keepNext/>" if index in kept else ""
        before = front[index - 1].role if index else None
        if line.role is LineRole.LETTERHEAD:
            yield _letterhead(line.text, form, has_number=has_number)
        elif line.role is LineRole.NUMBER:
            yield _number(line.text, form, is_below_letterhead=before is LineRole.LETTERHEAD)
        elif line.role is LineRole.TITLE:
            yield _title(line.text, form, is_first=before is None)
        elif line.role is LineRole.ANNEX_NOTE:
            yield _annex_note(line, form, keep=keep)
        elif line.role in (*_SIGNING, LineRole.CONTACT):
            yield _signature(line, form, day=day, keep=keep, is_first=bool(signing) and index == signing[0])
        else:
            yield text_xml(line, form, keep=keep)


def text_xml(line: Line, form: OfficialForm, *, keep: str = "") -> str:
    """Return a heading, a paragraph, addressees, or the mark or title of an annex."""
    if line.role is LineRole.HEADING:
        return paragraph_xml(_HEADINGS[line.level - 1], line.text)
    if line.role is LineRole.ANNEX_TITLE:
        return paragraph_xml(StyleId.ANNEX_TITLE, _broken_title(line.text, form))
    return paragraph_xml(_STYLES.get(line.role, StyleId.BODY), line.text, properties=keep)


def _letterhead(words: str, form: OfficialForm, *, has_number: bool) -> str:
    text_mm = form.page.text_width_mm
    fitting = text_mm * 72 / Decimal("25.4") / Decimal(str(max(text_width(words), 1)))
    size = min(form.text.letterhead_largest_pt, Decimal(int(fitting)))
    before = twips_of_mm(form.places.letterhead_below_text_top_mm)
    properties = f'<w:spacing w:before="{before}" w:line="{twips(size)}" w:lineRule="exact"/>'
    rule = "" if has_number else _rule(form)
    size_xml = f'<w:spacing w:val="0"/><w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/>'
    return paragraph_xml(StyleId.LETTERHEAD, words, properties=rule + properties, run=size_xml)


def _number(words: str, form: OfficialForm, *, is_below_letterhead: bool) -> str:
    if not is_below_letterhead:
        return paragraph_xml(StyleId.NUMBER, words)
    before = lines(form, form.places.blank_before_number)
    return paragraph_xml(StyleId.NUMBER, words, properties=f'{_rule(form)}<w:spacing w:before="{before}"/>')


def _rule(form: OfficialForm) -> str:
    """Return the red rule below the head, as the lower border of its last line."""
    space = round(form.places.rule_below_number_mm * 72 / Decimal("25.4"))
    size = round(form.places.letterhead_rule_pt * 8)
    return f'<w:pBdr><w:bottom w:val="single" w:sz="{size}" w:space="{space}" w:color="{_RED}"/></w:pBdr>'


def _title(words: str, form: OfficialForm, *, is_first: bool) -> str:
    before = 0 if is_first else lines(form, form.places.blank_before_title)
    return paragraph_xml(
        StyleId.TITLE, _broken_title(words, form), properties=f'<w:spacing w:before="{before}"/>'
    )


def _broken_title(words: str, form: OfficialForm) -> str:
    widest = form.page.text_width_mm * 72 / Decimal("25.4") / form.text.title_pt
    return "\n".join(title_lines(" ".join(words.split()), widest=max(int(widest), 2)))


def _annex_note(line: Line, form: OfficialForm, *, keep: str) -> str:
    """Return one line of the note: the first bears the word 附件, names align below each other."""
    numbered = re.match(r"\d+\.", line.text)
    number = Decimal(str(text_width(numbered[0]))) if numbered else Decimal(0)
    is_first = line.level == 1
    hanging = number + (len(_ANNEX_WORD) if is_first else 0)
    left = form.places.annex_note_characters + len(_ANNEX_WORD) + number
    before = lines(form, form.places.blank_before_annex_note) if is_first else 0
    properties = (
        f'{keep}<w:spacing w:before="{before}"/>'
        f'<w:ind w:left="{characters(form, left)}" w:hanging="{characters(form, hanging)}"/>'
        '<w:jc w:val="left"/>'
    )
    return paragraph_xml(StyleId.BODY, f"{_ANNEX_WORD if is_first else ''}{line.text}", properties=properties)


def _signature(line: Line, form: OfficialForm, *, day: str, keep: str, is_first: bool) -> str:
    """Return signer, day or contact: the signer stands centred over the day."""
    if line.role is LineRole.CONTACT:
        left = characters(form, form.places.contact_left_characters)
        return paragraph_xml(StyleId.BODY, line.text, properties=f'<w:ind w:left="{left}" w:firstLine="0"/>')
    right = form.places.day_right_characters
    if line.role is LineRole.SIGNER and day:
        middle = right + Decimal(str(text_width(day))) / 2
        right = max(middle - Decimal(str(text_width(line.text))) / 2, Decimal(0))
    before = lines(form, form.places.blank_before_signature) if is_first else 0
    properties = f'{keep}<w:spacing w:before="{before}"/><w:ind w:right="{characters(form, right)}"/>'
    return paragraph_xml(StyleId.SIGNATURE, line.text, properties=properties)
