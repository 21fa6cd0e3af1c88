"""Letters of the office as data: a reminder (催办函), a notice, a filing that goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shuiheng.kernel.period import Period
from shuiheng.reports.figures import count_figure
from shuiheng.reports.model import (
    Annex,
    Column,
    Paragraph,
    Report,
    ReportKind,
    Section,
    Table,
)
from shuiheng.reports.signing import Signing, signed
from shuiheng.reports.wording import day_words, listed, period_words, sentence

_ROWS_IN_PROSE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMatter:
    """Something that a unit still owes: a task whose progress is not filed, or a correction.

    Args:
        subject: Id of the task; a source of the figures about it.
        name: Its name as the office calls it.
        due_on: Day on which it was due.
        reason: What is missing or wrong.
    """

    subject: str
    name: str
    due_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What a reminder says.

    Args:
        unit: Unit that is reminded.
        subject: What was to be filed, for example 节水行动方案进展情况.
        period: Period of the filing.
        due_on: Day on which it was due.
        as_of: Day of the reminder.
        answer_by: Day until which the unit is asked to file.
        matters: Tasks that are not filed.
        times: How often the unit was reminded before.
    """

    unit: str
    subject: str
    period: Period
    due_on: date
    as_of: date
    answer_by: date
    matters: tuple[OpenMatter, ...] = ()
    times: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What goes back to a unit with its filing: what is wrong where, and until when.

    Args:
        unit: Unit whose filing goes back.
        subject: What was filed.
        period: Period of the filing.
        filed_on: Day of the filing.
        answer_by: Day until which the unit is asked to file again.
        matters: What is wrong, each with its reason.
    """

    unit: str
    subject: str
    period: Period
    filed_on: date
    answer_by: date
    matters: tuple[OpenMatter, ...]


def reminder_letter(reminder: Reminder, signing: Signing) -> Report:
    """Return the letter that reminds a unit of a filing (催办函)."""
    period = period_words(reminder.period)
    late = max((reminder.as_of - reminder.due_on).days, 0)
    sources = tuple(matter.subject for matter in reminder.matters)
    between = (min(reminder.due_on, reminder.as_of), reminder.as_of)
    days = count_figure("reminder.days_late", late, measure="天", sources=sources, between=between)
    number = count_figure("reminder.matters", len(reminder.matters), measure="项", sources=sources)
    words = f"你单位{period}{reminder.subject}应于{day_words(reminder.due_on)}前报送"
    first = (f"{words}，至今已逾期", days, "。") if late else (f"{words}，目前尚未收到。",)
    lines = [Paragraph(parts=first)]
    if reminder.times:
        times = count_figure("reminder.times", reminder.times, measure="次", sources=sources)
        lines.append(Paragraph(parts=("此前已提醒", times, "。")))
    if reminder.matters:
        lines.append(Paragraph(parts=("尚未报送的任务共", number, _named(reminder.matters))))
    lines.append(
        Paragraph(parts=(f"请于{day_words(reminder.answer_by)}前完成报送；确有困难的，请书面说明原因。",))
    )
    letter = Report(
        kind=ReportKind.REMINDER,
        place=signing.place,
        title=f"关于报送{period}{reminder.subject}的催办函",
        addressees=(reminder.unit,),
        period=reminder.period,
        opening=tuple(lines),
        closing=_closing("特此函告。"),
        annexes=_matter_annex(reminder.matters, title=f"{period}未报送任务清单", has_reasons=False),
    )
    return signed(letter, signing)


def return_letter(returned: Return, signing: Signing) -> Report:
    """Return the notice by which a filing goes back to its unit (退回通知), each fault with its reason."""
    period = period_words(returned.period)
    sources = tuple(matter.subject for matter in returned.matters)
    number = count_figure("return.matters", len(returned.matters), measure="处", sources=sources)
    filed = f"你单位于{day_words(returned.filed_on)}报送的{period}{returned.subject}"
    lines = [Paragraph(parts=(f"{filed}，经审核有", number, "需要补充或更正，现予退回。"))]
    if len(returned.matters) <= _ROWS_IN_PROSE:
        lines += [
            Paragraph(parts=(f"{matter.name}：{sentence(matter.reason)}",)) for matter in returned.matters
        ]
    else:
        lines.append(Paragraph(parts=("具体事项和理由见附件。",)))
    lines.append(Paragraph(parts=(f"请于{day_words(returned.answer_by)}前更正后重新报送。",)))
    letter = Report(
        kind=ReportKind.RETURN,
        place=signing.place,
        title=f"关于退回{period}{returned.subject}的通知",
        addressees=(returned.unit,),
        period=returned.period,
        opening=tuple(lines),
        closing=_closing("特此通知。"),
        annexes=_matter_annex(returned.matters, title=f"{period}退回事项清单", has_reasons=True),
    )
    return signed(letter, signing)


def notice_letter(
    title: str,
    *,
    signing: Signing,
    opening: Sequence[str],
    sections: Sequence[tuple[str, Sequence[str]]] = (),
    annexes: Sequence[Annex] = (),
) -> Report:
    """Return a notice (通知) with the office's own words.

    Args:
        title: Title of the notice.
        signing: Who signs and who is addressed.
        opening: Paragraphs before the first heading.
        sections: Headings with the paragraphs below each.
        annexes: Annexes, for example the form that is to be filled in.
    """
    letter = Report(
        kind=ReportKind.NOTICE,
        place=signing.place,
        title=title,
        opening=tuple(Paragraph(parts=(line,)) for line in opening),
        sections=tuple(
            Section(heading=heading, paragraphs=tuple(Paragraph(parts=(line,)) for line in lines))
            for heading, lines in sections
        ),
        closing=_closing("特此通知。"),
        annexes=tuple(annexes),
    )
    return signed(letter, signing)


def _closing(words: str) -> tuple[Paragraph, ...]:
    return (Paragraph(parts=(words,)),)


def _named(matters: Sequence[OpenMatter]) -> str:
    if len(matters) > _ROWS_IN_PROSE:
        return "，清单见附件。"
    return f"：{listed((matter.name for matter in matters), mark='；')}。"


def _matter_annex(matters: Sequence[OpenMatter], *, title: str, has_reasons: bool) -> tuple[Annex, ...]:
    """Return the list of the matters as an annex when there are more than prose can carry."""
    if len(matters) <= _ROWS_IN_PROSE:
        return ()
    columns = [Column(key="number", title="序号", width=8), Column(key="name", title="任务", width=44)]
    last = Column(key="reason", title="退回理由", width=40)
    columns.append(last if has_reasons else Column(key="due_on", title="应报日期", width=18))
    rows = tuple(
        (
            str(number),
            matter.name,
            matter.reason if has_reasons else matter.due_on.isoformat() if matter.due_on else "",
        )
        for number, matter in enumerate(matters, start=1)
    )
    return (Annex(title=title, tables=(Table(key="matters", columns=tuple(columns), rows=rows),)),)
