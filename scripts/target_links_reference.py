"""The pages of what serves each target of a plan: the made-up one, and plans that stand beside the tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from shuiheng.adapters.documents import read_document
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.adapters.rulebook.target_links import target_links
from shuiheng.plans.compiler import compile_plan
from shuiheng.plans.model import Plan, Target
from shuiheng.programmes.kind import CountWay
from shuiheng.programmes.target_counting import question_of
from shuiheng.programmes.target_link import TargetLink, link_plan

READ_ON = date(2026, 1, 1)
"""A day for the compiler; links do not depend on it."""
DEMO = """# What counts for targets

What serves each target of the made-up plan: counts and rates of programmes (`kind.count`), indicators,
lists of the ledger, or the reason why nothing does. A person confirms or changes each in the program.
"""
REAL = """# What counts for the targets of five plans

The targets of five plans of cities by their ids, without their words: what serves each, or why nothing does.
"""


def demo_links_page(head: str, root: Path) -> str:
    """Return the page of the made-up plan."""
    plan = _compiled(root / "demo" / "plans" / "shili_water_saving_plan.docx")
    return "\n".join([head, DEMO, *_table([plan], with_words=True)]) + "\n"


def real_links_page(head: str, folder: Path) -> str:
    """Return the page of the plans of a folder, by ids only."""
    plans = [_compiled(path) for path in sorted(folder.glob("*.txt"))]
    return "\n".join([head, REAL, *_table(plans, with_words=False)]) + "\n"


def _compiled(path: Path) -> Plan:
    return compile_plan(read_document(path.read_bytes(), name=path.name), load_knowledge(), as_of=READ_ON)


def _table(plans: Iterable[Plan], *, with_words: bool) -> Iterator[str]:
    made, linked = Counter[str](), Counter[str]()
    rows = []
    for plan in plans:
        for target, link in zip(plan.targets, link_plan(plan, target_links().linking), strict=True):
            made[target.kind] += 1
            linked[target.kind] += link.is_linked
            rows.append(_row(plan, target, link, with_words=with_words))
    yield "| kind of target | targets | linked |"
    yield "| --- | ---: | ---: |"
    yield from (f"| {kind} | {number} | {linked[kind]} |" for kind, number in sorted(made.items()))
    yield ""
    heads = ("target", *(("指标",) if with_words else ()), "kind", "served by", "level", "counted", "why")
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    yield from rows


def _row(plan: Plan, target: Target, link: TargetLink, *, with_words: bool) -> str:
    served = [f"`{each.kind}.{each.counting}`" for each in link.programmes]
    served += [f"indicator `{name}`" for name in link.indicators]
    served += [f"list `{name}`" for name in link.duties]
    reason = _reason(link, with_words=with_words) if link.gap else str(link.basis or "")
    cells = (
        f"`{target.id}`",
        *((target.metric,) if with_words else ()),
        target.kind,
        ", ".join(served) or "—",
        link.level or "",
        _counted(plan, target, link),
        reason,
    )
    return "| " + " | ".join(cells) + " |"


def _reason(link: TargetLink, *, with_words: bool) -> str:
    """Return why nothing serves a target; without the words of the plan where it is not the made-up one."""
    if with_words:
        return target_links().reason(link, "zh")
    words = link.gap_words if link.gap_words in {*target_links().outside, *shipped_programmes()} else ""
    return f"{link.gap} {words}".strip()


def _counted(plan: Plan, target: Target, link: TargetLink) -> str:
    """Return which cases are meant: those of a way, of a year, or from a day on."""
    if not link.programmes:
        return ""
    asked = question_of(target, link, plan.header)
    way = "usual" if asked.way is None else asked.way.value
    if asked.year is not None and asked.way is CountWay.IN_YEAR:
        return f"in {asked.year}"
    return f"{way} from {asked.since.isoformat()}" if asked.since else way
