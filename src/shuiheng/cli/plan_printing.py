"""Plans, findings and comparisons as lines for a terminal."""

from __future__ import annotations

from shuiheng.kernel import Finding
from shuiheng.plans import Operator, Plan, SourceDocument, Target
from shuiheng.services.finding_sentences import sentence_of

SIGNS = {Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤", Operator.EQUAL: "=", Operator.RANGE: ""}


def summary_lines(plan: Plan) -> list[str]:
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
    lines += [target_line(target) for target in plan.targets]
    return lines


def target_line(target: Target) -> str:
    """Return one target on one line."""
    scope = f" [{target.scope}]" if target.scope else ""
    return f"{target.id}  {target.metric}{scope}  {demand(target)}  {target.deadline or '—'}"


def demand(target: Target) -> str:
    """Return what a target demands, for example `≤ 9 %`."""
    if target.value is None:
        return str(target.kind)
    upper = f"–{target.value_max:f}" if target.value_max is not None else ""
    sign = SIGNS.get(target.op, str(target.op))
    return f"{sign} {target.value:f}{upper} {target.unit or ''}".strip()


def lint_lines(file: str, plan: Plan, document: SourceDocument | None, *, language: str) -> list[str]:
    """Return one line for each finding: `file:page:line: severity code: sentence / remedy`."""
    return [_lint_line(file, finding, document, language) for finding in plan.findings]


def _lint_line(file: str, finding: Finding, document: SourceDocument | None, language: str) -> str:
    sentence = sentence_of(finding.code, dict(finding.values), language=language)
    line = "-"
    if finding.span is not None and document is not None:
        line = str(document.text.count("\n", 0, finding.span.start) + 1)
    page = str(finding.page) if finding.page is not None else "-"
    said = " ".join(f"{sentence.says} / {sentence.remedy}".split())
    return f"{file}:{page}:{line}: {finding.severity.value} {finding.code}: {said}"
