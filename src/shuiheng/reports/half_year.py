"""The half-year progress report (半年报送) as data, from the state of tasks, targets and filings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shuiheng.reports.chapters import chapters
from shuiheng.reports.half_year_tables import half_year_annexes
from shuiheng.reports.model import Paragraph, Part, Report, ReportKind, Section
from shuiheng.reports.progress import (
    STATUS_WORDS,
    VERDICT_WORDS,
    HalfYearProgress,
    TargetProgress,
    TaskProgress,
    TaskStatus,
)
from shuiheng.reports.progress_figures import (
    days_late_figure,
    demand_parts,
    filing_figures,
    missing_figure,
    status_figures,
    status_parts,
    target_value_figure,
    task_figure,
)
from shuiheng.reports.signing import Signing, signed
from shuiheng.reports.wording import day_words, listed, period_words, sentence

_TROUBLED = (TaskStatus.AT_RISK, TaskStatus.LATE)


def half_year_report(progress: HalfYearProgress, signing: Signing) -> Report:
    """Return the progress report of a period (半年进展报告) as a draft: it has no snapshot id yet.

    Every number comes from a figure that the annexed tables print too. What is unknown is
    said to be unknown; nothing is judged that was judged nowhere else.
    """
    period = period_words(progress.period)
    sections = (
        _overview(progress),
        _targets(progress.targets),
        _tasks(progress.tasks),
        *_districts(progress),
        _troubles(progress),
        _next_steps(progress),
    )
    report = Report(
        kind=ReportKind.HALF_YEAR,
        title=f"关于{period}《{progress.plan_title}》实施进展情况的报告",
        place=signing.place,
        period=progress.period,
        opening=(_opening(progress),),
        sections=sections,
        closing=(_paragraph("特此报告。"),),
        annexes=half_year_annexes(progress),
    )
    return signed(report, signing)


def _opening(progress: HalfYearProgress) -> Paragraph:
    number = f"（{progress.plan_number}）" if progress.plan_number else ""
    period = period_words(progress.period)
    return _paragraph(
        f"根据《{progress.plan_title}》{number}要求，现将{period}各项任务和目标的进展情况报告如下。"
    )


def _overview(progress: HalfYearProgress) -> Section:
    counts = status_figures("tasks", progress.tasks)
    filing = filing_figures(progress)
    lines = [_paragraph(f"截至{day_words(progress.as_of)}，纳入台账的任务", *status_parts(counts), "。")]
    if progress.filing_units:
        absent: tuple[Part, ...] = ("，均已报送。",)
        if progress.missing:
            absent = ("，已报送", filing["filed"], "，未报送", filing["missing"], "。")
        lines.append(_paragraph("本期应报送单位", filing["due"], *absent))
    return Section(heading="总体进展", paragraphs=tuple(lines))


def _targets(targets: Sequence[TargetProgress]) -> Section:
    if not targets:
        return Section(heading="主要目标进展", paragraphs=(_paragraph("本期没有列入台账的量化目标。"),))
    return Section(
        heading="主要目标进展", paragraphs=tuple(_paragraph(*_target_parts(target)) for target in targets)
    )


def _target_parts(target: TargetProgress) -> tuple[Part, ...]:
    """Return the sentence of one target: what is asked for by when, the value, the verdict."""
    until = f"到{day_words(target.deadline)}" if target.deadline else ""
    asked: tuple[Part, ...] = (f"{target.name}：{until}目标为", *demand_parts(target))
    now = "，本期" if target.value is None else "，本期为"
    return (*asked, now, target_value_figure(target), f"，{VERDICT_WORDS[target.verdict]}。")


def _tasks(tasks: Sequence[TaskProgress]) -> Section:
    sections = [
        Section(heading=heading, paragraphs=tuple(_chapter_lines(f"chapter.{number}", held)))
        for number, (heading, held) in enumerate(chapters(tasks), start=1)
    ]
    if not sections:
        return Section(heading="重点任务进展", paragraphs=(_paragraph("本期没有列入台账的任务。"),))
    return Section(heading="重点任务进展", sections=tuple(sections))


def _chapter_lines(key: str, tasks: Sequence[TaskProgress]) -> Iterable[Paragraph]:
    yield _paragraph(*status_parts(status_figures(key, tasks)), "。")
    for task in tasks:
        if task.done or task.value is not None:
            yield _paragraph(*_task_parts(task))


def _task_parts(task: TaskProgress) -> tuple[Part, ...]:
    lead = f"（{listed(task.lead)}）" if task.lead else ""
    figure = task_figure(task)
    parts: list[Part] = [f"{task.name}{lead}：{STATUS_WORDS[task.status]}。", sentence(task.done)]
    if figure is not None and figure.value is not None:
        parts += ["本期填报值为", figure, "。"]
    return tuple(part for part in parts if part != "")


def _districts(progress: HalfYearProgress) -> tuple[Section, ...]:
    if not progress.districts:
        return ()
    lines = tuple(
        _paragraph(
            f"{district.name}：任务",
            *status_parts(status_figures(f"district.{district.name}", district.tasks)),
            "。",
        )
        for district in progress.districts
        if district.tasks
    )
    return (Section(heading="各地进展", paragraphs=lines or (_paragraph("各地情况见附表。"),)),)


def _troubles(progress: HalfYearProgress) -> Section:
    lines = [_paragraph(*_trouble_parts(task, progress)) for task in progress.tasks if _is_troubled(task)]
    if progress.missing:
        parts: list[Part] = ["截至", day_words(progress.as_of), "，以下单位尚未报送："]
        for index, missing in enumerate(progress.missing):
            parts += ["、" if index else "", f"{missing.unit}（逾期", missing_figure(missing), "）"]
        lines.append(_paragraph(*parts, "。"))
    return Section(
        heading="存在问题", paragraphs=tuple(lines) or (_paragraph("本期没有逾期或存在风险的任务。"),)
    )


def _is_troubled(task: TaskProgress) -> bool:
    return task.status in _TROUBLED or bool(task.obstacle)


def _trouble_parts(task: TaskProgress, progress: HalfYearProgress) -> tuple[Part, ...]:
    lead = f"（{listed(task.lead)}）" if task.lead else ""
    days = days_late_figure(task, progress.as_of) if task.status is TaskStatus.LATE else None
    late: tuple[Part, ...] = (days,) if days is not None else ()
    rule = sentence(task.reason).removesuffix("。")
    reason = f"（{rule}）" if rule and task.status in _TROUBLED else ""
    words = f"{task.name}{lead}：{STATUS_WORDS[task.status]}"
    return (words, *late, f"{reason}。{sentence(task.obstacle)}")


def _next_steps(progress: HalfYearProgress) -> Section:
    lines = [
        _paragraph(
            f"{task.name}{f'（{listed(task.lead)}）' if task.lead else ''}：{sentence(task.next_step)}"
        )
        for task in progress.tasks
        if task.next_step
    ]
    if progress.missing:
        lines.append(_paragraph("督促尚未报送的单位补报本期进展情况。"))
    return Section(heading="下一步工作", paragraphs=tuple(lines) or (_paragraph("继续按计划推进各项任务。"),))


def _paragraph(*parts: Part) -> Paragraph:
    """Return a paragraph with neighbouring words joined, so that it reads the same back from JSON."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return Paragraph(parts=tuple(joined))
