"""A report as the lines of a page, each with its part in the official form.

Word file, page and plain text print the same lines, so they say the same. Numbers of
headings and annexes come from here; fonts and places come from whoever prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shuiheng.reports.model import Annex, Paragraph, Part, Report, Section
from shuiheng.reports.wording import LEVELS, day_words, enumerator, listed

DRAFT_WORDS = "草稿：数据尚未冻结，未经审核签发。"


class LineRole(StrEnum):
    """Part that a line has in an official document."""

    LETTERHEAD = "letterhead"
    NUMBER = "number"
    TITLE = "title"
    ADDRESSEES = "addressees"
    HEADING = "heading"
    BODY = "body"
    ANNEX_NOTE = "annex_note"
    SIGNER = "signer"
    DAY = "day"
    CONTACT = "contact"
    ANNEX_MARK = "annex_mark"
    ANNEX_TITLE = "annex_title"
    COPIES = "copies"
    PROVENANCE = "provenance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph of the page with its part in the form.

    Args:
        role: Its part.
        parts: Words and figures.
        level: Level of a heading from 1, number of an annex in the note; else 0.
    """

    role: LineRole
    parts: tuple[Part, ...]
    level: int = 0

    @property
    def text(self) -> str:
        """The words with the figures as shown."""
        return Paragraph(parts=self.parts).text


def front_lines(report: Report) -> Iterator[Line]:
    """Yield the lines from the head to the contact, as they stand before the annexes."""
    if report.letterhead:
        yield _line(LineRole.LETTERHEAD, report.letterhead)
    if report.document_number:
        yield _line(LineRole.NUMBER, str(report.document_number))
    yield _line(LineRole.TITLE, report.title)
    if report.addressees:
        yield _line(LineRole.ADDRESSEES, f"{listed(report.addressees)}：")
    yield from _body(report.opening)
    yield from _section_lines(report.sections, 1)
    yield from _body(report.closing)
    for number, annex in enumerate(report.annexes, start=1):
        mark = f"{number}." if len(report.annexes) > 1 else ""
        yield Line(role=LineRole.ANNEX_NOTE, parts=(f"{mark}{annex.title}",), level=number)
    if report.signer:
        yield _line(LineRole.SIGNER, report.signer)
    if report.issued_on:
        yield _line(LineRole.DAY, day_words(report.issued_on))
    if report.contact:
        yield _line(LineRole.CONTACT, f"（{report.contact}）")


def annex_lines(annex: Annex, *, number: int, count: int) -> Iterator[Line]:
    """Yield the lines of an annex before its tables: 附件1, its title, its paragraphs."""
    yield _line(LineRole.ANNEX_MARK, f"附件{number}" if count > 1 else "附件")
    yield _line(LineRole.ANNEX_TITLE, annex.title)
    yield from _body(annex.paragraphs)


def foot_lines(report: Report) -> Iterator[Line]:
    """Yield the lines at the foot of the last page: copies, snapshot and audit root."""
    if report.copies_to:
        yield _line(LineRole.COPIES, f"抄送：{listed(report.copies_to)}。")
    if report.snapshot_id is None:
        yield _line(LineRole.PROVENANCE, DRAFT_WORDS)
        return
    yield _line(LineRole.PROVENANCE, f"数据快照：{report.snapshot_id}")
    if report.audit_root:
        yield _line(LineRole.PROVENANCE, f"审计根：{report.audit_root}")


def _line(role: LineRole, words: str) -> Line:
    return Line(role=role, parts=(words,))


def _body(paragraphs: Sequence[Paragraph]) -> Iterator[Line]:
    for paragraph in paragraphs:
        yield Line(role=LineRole.BODY, parts=paragraph.parts)


def _section_lines(sections: Sequence[Section], level: int) -> Iterator[Line]:
    """Yield headings with their numbers and what stands below; deeper than four levels is body."""
    for number, section in enumerate(sections, start=1):
        if level <= LEVELS:
            words = f"{enumerator(level, number)}{section.heading}"
            yield Line(role=LineRole.HEADING, parts=(words,), level=level)
        else:
            yield _line(LineRole.BODY, section.heading)
        yield from _body(section.paragraphs)
        yield from _section_lines(section.sections, level + 1)
