"""The record of a check on the spot, as it is printed and signed by both sides."""

from __future__ import annotations

from dataclasses import dataclass

from shuiheng.reports.model import Annex, Column, Paragraph, Report, ReportKind, Table
from shuiheng.reports.signing import Signing, signed

ANSWER_COLUMNS = (
    Column(key="number", title="序号", width=6),
    Column(key="question", title="检查内容", width=40),
    Column(key="answer", title="检查情况", width=16),
    Column(key="note", title="说明", width=30),
)
FILE_COLUMNS = (
    Column(key="number", title="序号", width=6),
    Column(key="kind", title="材料", width=14),
    Column(key="state", title="审核", width=12),
    Column(key="sha256", title="校验值（SHA-256）", width=66),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedObject:
    """What the record of a check says.

    Args:
        subject: What was checked.
        items: Names of the items with their clauses.
        time: From when to when, in words; empty in a form that is to be filled in by hand.
        team: Name and certificate of each inspector.
        present: Who of the object was there, or nothing.
        is_certificate_shown: Whether the certificates were shown.
        result: What it came to, in words, or nothing.
        summary: What was found, or nothing.
        answers: Question, answer and note.
        files: Kind, state and hash of each file.
        signatures: Who signed in the system and when, in words.
    """

    subject: str
    items: tuple[str, ...]
    time: str
    team: tuple[tuple[str, str], ...]
    present: str
    is_certificate_shown: bool
    result: str
    summary: str
    answers: tuple[tuple[str, str, str], ...]
    files: tuple[tuple[str, str, str], ...]
    signatures: tuple[str, ...]


def check_record(facts: CheckedObject, signing: Signing) -> Report:
    """Return the record of a check, with room for the signatures of both sides."""
    blank = "　　　　　　　　"
    team = "；".join(f"{name}（执法证件号{number}）" for name, number in facts.team) or blank
    shown = "检查人员已出示执法证件。" if facts.is_certificate_shown else "检查人员应当出示执法证件：□已出示"
    lines = [
        f"检查对象：{facts.subject}",
        f"检查事项：{'；'.join(facts.items)}",
        f"检查时间：{facts.time or blank}",
        f"检查人员：{team}",
        f"在场人员：{facts.present or blank}",
        shown,
        f"检查结果：{facts.result or blank}",
        f"情况说明：{facts.summary or blank}",
        *facts.signatures,
        f"以上记录经本人核对无误。在场人员签名：{blank}　日期：{blank}",
        f"检查人员签名：{blank}　{blank}",
    ]
    annexes = [_table("检查内容", "answers", ANSWER_COLUMNS, facts.answers)]
    if facts.files:
        annexes.append(_table("证据材料", "files", FILE_COLUMNS, facts.files, is_landscape=True))
    report = Report(
        kind=ReportKind.NOTICE,
        place=signing.place,
        title="现场检查记录",
        opening=tuple(Paragraph(parts=(line,)) for line in lines),
        annexes=tuple(annexes),
    )
    return signed(report, signing)


def _table(
    title: str,
    key: str,
    columns: tuple[Column, ...],
    rows: tuple[tuple[str, ...], ...],
    *,
    is_landscape: bool = False,
) -> Annex:
    numbered = tuple((str(place), *cells) for place, cells in enumerate(rows, start=1))
    return Annex(
        title=title, tables=(Table(key=key, columns=columns, rows=numbered),), is_landscape=is_landscape
    )
