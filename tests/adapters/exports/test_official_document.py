"""The official document: its package, and its pages as they come out of a word processor."""

from __future__ import annotations

import io
import itertools
import random
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from adapters.exports.rendered import MM, body_lines, middle_of_ink, needs_office, pages_of, words_of
from reports.made_up import SIGNING, half_year, task
from shuiheng.adapters.exports.official_document import write_official_document
from shuiheng.adapters.exports.official_workbook import write_report_workbook
from shuiheng.adapters.rulebook.official_form import load_official_form
from shuiheng.reports import Figure, Paragraph, Report, ReportKind, Section, freeze, report_json
from shuiheng.reports.half_year import half_year_report
from shuiheng.reports.lines import DRAFT_WORDS, LineRole, front_lines
from shuiheng.reports.model import figures_of, paragraphs_of, shown, tables_of
from shuiheng.reports.progress import TaskStatus

FORM = load_official_form()
PAGE = FORM.page
BOTTOM = float(PAGE.bottom_mm)
ROOT = "sha256:" + "5a" * 32
REPORT = freeze(
    half_year_report(half_year(repeats=2), replace(SIGNING, letterhead="青禾市节约用水办公室文件")),
    audit_root=ROOT,
)
CONTENT = write_official_document(REPORT, FORM)
HAN = "".join(chr(0x4E00 + number) for number in range(0, 1400, 7))


def _prose(characters: int) -> Report:
    """Return a document of one unbroken paragraph of Chinese characters."""
    words = (HAN * (characters // len(HAN) + 1))[:characters]
    return Report(kind=ReportKind.NOTICE, title="题", place="", closing=(Paragraph(parts=(words,)),))


def _opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def _begins_annex(page: Any) -> bool:
    return re.match(r"[—\d]*附件\d", words_of(page)) is not None


def _upright(content: bytes) -> list[Any]:
    return [page for page in pages_of(content) if page.width < page.height]


@needs_office
def test_a_full_page_holds_twenty_two_lines_of_twenty_eight_characters() -> None:
    pages = pages_of(write_official_document(_prose(22 * 28 * 5), FORM))
    assert len(pages) >= 5
    for page in pages[1:-1]:
        lines = body_lines(page, bottom_mm=BOTTOM)
        assert [len(line) for line in lines] == [int(PAGE.characters)] * int(PAGE.lines)


@needs_office
def test_the_text_keeps_its_margins_to_a_millimetre() -> None:
    slack = float(PAGE.tolerance_mm) * MM
    line_height = float(FORM.text.line_pt)
    for page in pages_of(write_official_document(_prose(22 * 28 * 5), FORM))[1:-1]:
        lines = body_lines(page, bottom_mm=BOTTOM)
        left = min(char["x0"] for line in lines for char in line)
        right = max(char["x1"] for line in lines for char in line)
        assert abs(left - float(PAGE.binding_mm) * MM) <= slack
        assert abs(page.width - right - float(PAGE.outer_mm) * MM) <= slack
        above = min(char["top"] for char in lines[0]) - float(PAGE.top_mm) * MM
        below = page.height - max(char["bottom"] for char in lines[-1]) - BOTTOM * MM
        assert -slack <= above <= line_height - float(FORM.text.body_pt) + slack
        assert -slack <= below <= line_height - float(FORM.text.body_pt) + slack


@needs_office
def test_the_paper_is_a4() -> None:
    for page in pages_of(CONTENT):
        sides = sorted((page.width / MM, page.height / MM))
        assert abs(sides[0] - 210) < 0.5
        assert abs(sides[1] - 297) < 0.5


@needs_office
def test_every_full_page_of_a_real_report_has_its_lines_and_none_leaves_the_margins() -> None:
    slack = float(PAGE.tolerance_mm) * MM
    pages = _upright(CONTENT)
    front = list(itertools.takewhile(lambda page: not _begins_annex(page), pages))
    assert len(front) >= 6
    headings = {"".join(line.text.split()) for line in front_lines(REPORT) if line.role is LineRole.HEADING}
    # The first page bears head and title, the last two end with the signature; a heading goes with its text.
    for page, following in itertools.pairwise(front[1:-1]):
        count = len(body_lines(page, bottom_mm=BOTTOM))
        begins_with_heading = any(words_of(following).startswith(heading) for heading in headings)
        assert count == PAGE.lines or (begins_with_heading and count >= PAGE.lines - 2)
    # LibreOffice lets one mark hang over the right margin and has no switch for it; Word is told not to.
    for page in front:
        for line in body_lines(page, bottom_mm=BOTTOM):
            inked = [char for char in line if char["text"] not in "。，、；：）"]
            assert min(char["x0"] for char in inked) >= float(PAGE.binding_mm) * MM - slack
            assert max(char["x1"] for char in inked) <= page.width - float(PAGE.outer_mm) * MM + slack


@needs_office
def test_every_figure_and_paragraph_is_printed_as_the_report_says() -> None:
    printed = "".join(re.sub(r"—\d+—", "", words_of(page)) for page in pages_of(CONTENT))
    assert all("".join(figure.shown.split()) in printed for figure in figures_of(REPORT))
    for section in REPORT.sections:
        for paragraph in section.paragraphs:
            assert "".join(paragraph.text.split()) in printed


@needs_office
def test_page_numbers_stand_seven_millimetres_below_the_text_outside() -> None:
    indent = float(FORM.text.page_number_pt)
    for number, page in enumerate(pages_of(CONTENT), start=1):
        dashes = [char for char in page.chars if char["text"] == "—"]
        assert len(dashes) == 2
        is_lying = page.width > page.height
        middle = middle_of_ink(page, dashes[0], is_across=is_lying)
        edge = BOTTOM * MM
        distance = edge - middle if is_lying else middle - (page.height - edge)
        assert abs(distance / MM - float(FORM.places.page_number_below_text_mm)) <= 1
        if is_lying:
            inner, outer = float(PAGE.binding_mm) * MM, page.height - float(PAGE.outer_mm) * MM
            along = (min(c["top"] for c in dashes), max(c["bottom"] for c in dashes))
        else:
            inner, outer = float(PAGE.binding_mm) * MM, page.width - float(PAGE.outer_mm) * MM
            along = (min(c["x0"] for c in dashes), max(c["x1"] for c in dashes))
        gap = outer - along[1] if number % 2 else along[0] - inner
        assert abs(gap - indent) <= 3


@needs_office
def test_each_annex_begins_a_page_and_its_head_row_stands_on_each_page() -> None:
    pages = pages_of(CONTENT)
    begun = [page for page in pages if _begins_annex(page)]
    assert len(begun) == len(REPORT.annexes)
    lying = [page for page in pages if page.width > page.height]
    tasks = [page for page in lying if "进展情况" in words_of(page) and "牵头单位" in words_of(page)]
    assert len(tasks) > 2
    assert all("序号" in words_of(page) for page in tasks)


@needs_office
def test_the_snapshot_and_the_root_stand_at_the_foot_of_the_last_page_alone() -> None:
    pages = pages_of(CONTENT)
    last = words_of(pages[-1])
    assert f"数据快照：{REPORT.snapshot_id}" in last
    assert f"审计根：{ROOT}" in last
    assert "抄送：市财政局、市统计局。" in last
    assert all("数据快照" not in words_of(page) for page in pages[:-1])
    foot = [char for char in pages[-1].chars if char["text"] == "审"][-1]
    assert pages[-1].height - foot["bottom"] < (BOTTOM + 8) * MM


@needs_office
def test_a_letter_of_a_few_lines_is_one_page() -> None:
    report = replace(
        REPORT, sections=(), annexes=(), letterhead="", opening=(Paragraph(parts=("请按时报送。",)),)
    )
    pages = pages_of(write_official_document(report, FORM))
    assert len(pages) == 1
    words = words_of(pages[0])
    assert words.index("青节水办〔2026〕12号") < words.index("请按时报送。") < words.index("2026年7月15日")


@needs_office
def test_the_parts_of_a_letter_stand_as_many_characters_in_as_the_standard_says() -> None:
    one_annex = replace(
        REPORT, sections=(), annexes=REPORT.annexes[1:2], letterhead="", contact="联系人：李工"
    )
    page = pages_of(write_official_document(one_annex, FORM))[0]
    lines = {"".join(c["text"] for c in line): line for line in body_lines(page, bottom_mm=BOTTOM)}
    left, right = float(PAGE.binding_mm) * MM, page.width - float(PAGE.outer_mm) * MM
    character = float(FORM.text.character_pt)

    def characters_in(beginning: str) -> float:
        line = next(line for text, line in lines.items() if text.startswith(beginning))
        return (min(char["x0"] for char in line) - left) / character

    assert abs(characters_in("市发展改革委、")) < 0.2
    assert abs(characters_in("根据《") - 2) < 0.2
    assert abs(characters_in("附件：") - 2) < 0.2
    assert 2 <= characters_in("（联系人：") < 2.7  # the ink of a bracket stands in the right half of its cell
    day = next(line for text, line in lines.items() if text == "2026年7月15日")
    assert abs((right - max(char["x1"] for char in day)) / character - 4) < 0.4


@needs_office
def test_the_signature_never_stands_on_a_page_without_text() -> None:
    for count in range(330, 640, 110):
        report = replace(REPORT, sections=(), annexes=(), copies_to=(), opening=_prose(count).closing)
        pages = pages_of(write_official_document(report, FORM))
        signed = next(page for page in pages if "2026年7月15日" in words_of(page))
        assert "特此报告。" in words_of(signed)


def test_equal_reports_give_equal_bytes() -> None:
    assert write_official_document(REPORT, FORM) == CONTENT


def test_every_style_names_its_typeface_in_all_slots_and_no_theme() -> None:
    styles = _opened(CONTENT).styles.element
    fonts = list(styles.iter(qn("w:rFonts")))
    assert len(fonts) > 5
    for font in fonts:
        assert len({font.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia", "cs")}) == 1
        assert not [name for name in font.attrib if name.endswith("Theme")]
    assert styles.find(".//" + qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"


def test_nothing_of_the_template_of_the_writer_is_left() -> None:
    with zipfile.ZipFile(io.BytesIO(CONTENT)) as package:
        names = set(package.namelist())
        words = b"".join(package.read(name) for name in names)
    assert not [name for name in names if "theme" in name or "thumbnail" in name or "Effects" in name]
    assert b"python-docx" not in words
    assert "ＭＳ".encode() not in words
    assert b"ja-JP" not in words


def test_the_document_has_the_sections_and_words_of_the_report() -> None:
    document = _opened(CONTENT)
    assert len(document.sections) == 1 + len(REPORT.annexes)
    assert len(document.tables) == len(list(tables_of(REPORT)))
    words = [paragraph.text for paragraph in document.paragraphs]
    for line in front_lines(REPORT):
        assert any(line.text in text.replace("\n", "") for text in words)
    assert document.core_properties.identifier == REPORT.snapshot_id
    assert document.core_properties.author == SIGNING.signer


def test_headings_are_in_the_outline_of_the_word_processor() -> None:
    named = [p.text for p in _opened(CONTENT).paragraphs if p.style.name.lower() == "heading 1"]
    assert named[0] == "一、总体进展"
    assert len(named) == len(REPORT.sections)


def test_a_draft_says_that_it_is_one() -> None:
    draft = replace(REPORT, snapshot_id=None, audit_root=None)
    with zipfile.ZipFile(io.BytesIO(write_official_document(draft, FORM))) as package:
        assert DRAFT_WORDS in package.read("word/document.xml").decode("utf-8")


@pytest.mark.parametrize("words", ["<w:p>&amp;", "甲\x00乙\x0b丙\ud800", "=1+1", "]]>", "\u202e反"])
def test_words_of_units_cannot_break_the_document(words: str) -> None:
    report = replace(
        REPORT,
        annexes=(),
        sections=(Section(heading=words, paragraphs=(Paragraph(parts=(words,)),)),),
        issued_on=date(2026, 7, 1),
    )
    texts = [p.text for p in _opened(write_official_document(report, FORM)).paragraphs]
    cleaned = "".join(char for char in words if char.isprintable() or char == "\u202e")
    assert any(cleaned in text for text in texts)


@pytest.mark.parametrize("seed", range(20))
def test_every_figure_of_twenty_reports_is_the_same_in_snapshot_document_and_workbook(seed: int) -> None:
    numbers = random.Random(seed)  # noqa: S311  a repeatable half-year, no secret
    tasks = tuple(
        replace(
            task(number, numbers.choice(list(TaskStatus))),
            unit=numbers.choice(["m3", "%", "家", "亩", None]),
            value=numbers.choice([None, Decimal(numbers.randrange(10**9)) / 1000]),
        )
        for number in range(1, numbers.randrange(2, 40))
    )
    report = freeze(half_year_report(replace(half_year(), tasks=tasks), SIGNING), audit_root=ROOT)
    figures = report_json(report)["figures"]
    document = _opened(write_official_document(report, FORM))
    for printed, table in zip(document.tables, tables_of(report), strict=True):
        for row, cells in zip(printed.rows[1:], table.rows, strict=True):
            for cell, source in zip(row.cells, cells, strict=True):
                assert cell.text == shown(source)
                if isinstance(source, Figure):
                    assert cell.text == figures[source.key]["shown"]
    prose = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for paragraph in paragraphs_of(report):
        assert paragraph.text in prose
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(write_report_workbook(report))).get_sheet_by_name(
        "数据项"
    )
    for key, value, _unit, words, *_rest in sheet.to_python()[1:]:
        assert words == figures[key]["shown"]
        stored = figures[key]["value"]
        assert (stored is None and value == "") or Decimal(str(value)) == Decimal(stored)
