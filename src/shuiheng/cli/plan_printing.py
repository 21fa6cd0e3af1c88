"""Plans and findings as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from typing import Any

from shuiheng.kernel import Finding, Severity, Span
from shuiheng.plans import BlockKind, Plan, SourceDocument, Target
from shuiheng.plans.plan_json import finding_json
from shuiheng.services import demand_words
from shuiheng.services.demand_words import language_of
from shuiheng.services.finding_sentences import sentence_of

SHOWN_OF_EACH_NOTE = 3
DOCUMENT = "document"
FOLDED = {
    "zh": "另有 {count} 条同类提示（--all 全部列出）",
    "en": "{count} more of the same (--all prints them)",
}
TOTAL = {"zh": "{warnings} 项警告，{notes} 项提示", "en": "{warnings} warnings, {notes} notes"}


def summary_lines(plan: Plan, *, language: str = "zh") -> list[str]:
    """Return a plan in short: its title, its counts, one line for each task and target."""
    header = plan.header
    lines = [f"{header.title}  {header.jurisdiction or ''}  {header.issued or ''}".rstrip()]
    lines.append(
        f"tasks {len(plan.tasks)}  targets {len(plan.targets)}  duties {len(plan.duties)}"
        f"  thresholds {len(plan.thresholds)}  sources {len(plan.sources)}  findings {len(plan.findings)}"
    )
    for task in plan.tasks:
        lines.append("")
        lines.append(f"{task.id}  {' / '.join(step.text for step in task.path)}")
        lines.append(f"  {task.text}")
        lines.append(f"  牵头 {'、'.join(task.lead) or '—'}  参与 {'、'.join(task.participants) or '—'}")
    lines.append("")
    lines += [target_line(target, language=language) for target in plan.targets]
    return lines


def target_line(target: Target, *, language: str = "zh") -> str:
    """Return one target on one line."""
    scope = f" [{target.scope}]" if target.scope else ""
    said = demand(target, language=language)
    return f"{target.id}  {target.metric}{scope}  {said}  {target.deadline or '—'}"


def demand(target: Target, *, language: str = "zh") -> str:
    """Return what a target demands, for example `≤ 9 %`; of a milestone its kind."""
    return demand_words.demand(target, language=language_of(language)) or str(target.kind)


def lint_lines(
    file: str,
    plan: Plan,
    document: SourceDocument | None,
    *,
    language: str,
    is_complete: bool = False,
) -> list[str]:
    """Return one line for each finding, and at last how many there are.

    A line is `file:page:place: severity code: sentence / remedy`. The place is the id of the
    item that the finding is about, else the line of the text or the row of the table. Of a
    note that comes more than three times only three are shown, unless `is_complete`.
    """
    counted = Counter(finding.code for finding in plan.findings if finding.severity is Severity.NOTE)
    shown: Counter[str] = Counter()
    tongue = language_of(language).value
    lines: list[str] = []
    for finding in plan.findings:
        shown[finding.code] += finding.severity is Severity.NOTE
        if is_complete or shown[finding.code] <= SHOWN_OF_EACH_NOTE:
            lines.append(_lint_line(file, finding, document, language))
        elif shown[finding.code] == SHOWN_OF_EACH_NOTE + 1:
            more = FOLDED[tongue].format(count=counted[finding.code] - SHOWN_OF_EACH_NOTE)
            lines.append(f"{file}:-:-: note {finding.code}: {more}")
    notes = sum(counted.values())
    total = TOTAL[tongue].format(warnings=len(plan.findings) - notes, notes=notes)
    return [*lines, f"{file}: {total}"]


def lint_json(plan: Plan, *, language: str) -> list[dict[str, Any]]:
    """Return the findings as plain JSON values with name, sentence and remedy."""
    found = []
    for finding in plan.findings:
        sentence = sentence_of(finding.code, dict(finding.values), language=language)
        said = {"name": sentence.name, "sentence": sentence.says, "remedy": sentence.remedy}
        found.append(finding_json(finding) | said)
    return found


def _lint_line(file: str, finding: Finding, document: SourceDocument | None, language: str) -> str:
    sentence = sentence_of(finding.code, dict(finding.values), language=language)
    page = str(finding.page) if finding.page is not None else "-"
    place = finding.subject
    if place in (DOCUMENT, ""):
        place = _place(finding.span, document)
    said = " ".join(f"{sentence.says} / {sentence.remedy}".split())
    return f"{file}:{page}:{place}: {finding.severity.value} {finding.code}: {said}"


def _place(span: Span | None, document: SourceDocument | None) -> str:
    """Return the row of the table or the line of the text in which a place stands, or `-`."""
    if span is None or document is None:
        return "-"
    for block in document.blocks:
        if block.kind is BlockKind.TABLE and block.span.start <= span.start < block.span.end:
            rows = [cell.row for cell in block.cells if cell.span.start <= span.start]
            return f"row{max(rows, default=0) + 1}"
    return str(document.text.count("\n", 0, span.start) + 1)
