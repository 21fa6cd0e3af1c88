"""The page of all kinds of programmes: their steps, criteria, counts and how well each is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.adapters.rulebook.sources import shipped_sources
from shuiheng.kernel.term import Term
from shuiheng.programmes.criteria import Criterion
from shuiheng.programmes.kind import Lasting, ProgrammeKind, StepKind
from shuiheng.rules.basis import Basis
from shuiheng.rules.parameter import Mark

INTRODUCTION = """# Programmes

Every kind of programme that the program ships. A kind is a file of `rulebook/programmes/`; its form is told
in decision 0020. A clause is `found` when it was read in the article that it cites (a test finds its words
there), `known` when it comes from general knowledge or second hand, `default` when it is a setting of this
program. A template has criteria, points or limits that were not found in an official text: a city has to
check them before it uses them.
"""


def programmes_page(head: str) -> str:
    """Return the page under its first line: a table of all kinds, then one section for each."""
    kinds = tuple(shipped_programmes().values())
    marks = Counter(basis.mark for kind in kinds for basis in _clauses(kind))
    lines = [
        head,
        INTRODUCTION,
        f"{len(kinds)} kinds, {sum(kind.is_template for kind in kinds)} of them templates.",
        "Clauses of kinds, steps, results and criteria: "
        + ", ".join(f"{marks[m]} {m}" for m in Mark)
        + ".\n",
        "| kind | 名称 | name | about | steps | evidence | criteria | holds | counts |",
        "| --- | --- | --- | --- | ---: | ---: | --- | --- | --- |",
        *map(_row, kinds),
        "",
    ]
    for kind in kinds:
        lines += _section(kind)
    return "\n".join(lines).rstrip("\n") + "\n"


def _clauses(kind: ProgrammeKind) -> Iterator[Basis]:
    """Yield the clauses of a kind, of its steps, result, rates and reasons, and of each criterion."""
    yield from kind.bases
    yield from kind.result.bases
    for holder in (*kind.steps, *kind.rates, *kind.result.revocations):
        yield from holder.bases
    if kind.criteria is not None:
        yield from (leaf.basis or kind.criteria.basis for leaf in kind.criteria.leaves())


def _row(kind: ProgrammeKind) -> str:
    leaves = list(kind.criteria.leaves()) if kind.criteria is not None else []
    criteria = f"{len(leaves)}{' (template)' if kind.is_template else ''}" if leaves else ""
    cells = (
        f"[`{kind.id}`](#{kind.id})",
        kind.names["zh"],
        kind.names["en"],
        programme_words().subjects[kind.subject]["en"],
        str(len(kind.steps)),
        str(sum(need.least for step in kind.steps for need in step.evidence)),
        criteria,
        _lasting(kind.result.validity),
        ", ".join(counted.names["zh"] for counted in (*kind.counts, *kind.rates)),
    )
    return "| " + " | ".join(cells) + " |"


def _lasting(lasting: Lasting) -> str:
    if lasting.term is None and not lasting.rule:
        return ""
    term = _term(lasting.term)
    return f"`{lasting.rule}`, else {term}" if lasting.rule else term


def _term(term: Term | None) -> str:
    return f"{term.count} {term.unit}" if term is not None else ""


def _section(kind: ProgrammeKind) -> list[str]:
    result = kind.result
    told = [
        ("after the award", f"re-check every {_lasting(result.recheck_every)}" if result.recheck else ""),
        ("levels", " → ".join(programme_words().levels[level]["zh"] for level in result.levels)),
        ("taken away for", "；".join(reason.names["zh"] for reason in result.revocations)),
        ("published", "、".join(programme_words().fields[field]["zh"] for field in kind.public)),
        ("words of plans", "、".join(dict.fromkeys(word for each in kind.serves for word in each.words))),
        ("clauses", "；".join(_basis(basis) for basis in kind.bases)),
        ("note", kind.note.get("zh", "")),
    ]
    lines = [
        f"## `{kind.id}`\n",
        f"{kind.names['zh']} ({kind.names['en']})\n",
        "| step | 环节 | who | due | evidence | documents |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_step(step) for step in kind.steps),
        "",
    ]
    if kind.criteria is not None:
        criteria = kind.criteria
        passes = ", ".join(f"{level} {mark}".strip() for level, mark in criteria.pass_marks.items())
        lines += [
            f"Criteria: full mark {criteria.full}, pass {passes}; {_basis(criteria.basis)}.\n",
            "| criterion | 指标 | rule | points | clause |",
            "| --- | --- | --- | ---: | --- |",
            *(_criterion(leaf, criteria.basis) for leaf in criteria.leaves()),
            "",
        ]
    return [*lines, *(f"- {name}: {words}" for name, words in told if words), ""]


def _step(step: StepKind) -> str:
    words = programme_words()
    evidence = "；".join(
        need.names["zh"]
        + (f"×{need.least}" if need.least > 1 else "")
        + ("（复核）" if need.is_reviewed else "")
        for need in step.evidence
    )
    extra = [
        f"公示{step.publication_days}个工作日" if step.publication_days else "",
        "须达到分数线" if step.needs_score else "",
        "可省略" if step.is_optional else "",
    ]
    name = "；".join([step.names["zh"], *filter(None, extra)])
    who = "、".join(words.actors[actor].names["zh"] for actor in step.who)
    documents = "、".join(words.documents[document]["zh"] for document in step.documents)
    return f"| `{step.id}` | {name} | {who} | {_due(step)} | {evidence} | {documents} |"


def _due(step: StepKind) -> str:
    due = step.deadline
    if due is None:
        return ""
    if due.month_day is not None:
        return "{:02}-{:02}".format(*due.month_day)
    return f"{_term(due.term)} after `{due.after}`"


def _criterion(leaf: Criterion, tree: Basis) -> str:
    extra = [word for word, holds in (("bonus", leaf.is_bonus), ("watched", leaf.is_watched)) if holds]
    rule = ", ".join([leaf.rule.value, *extra])
    clause = _basis(leaf.basis) if leaf.basis is not None else tree.mark.value
    return f"| `{leaf.id}` | {leaf.names['zh']} | {rule} | {leaf.points or ''} | {clause} |"


def _basis(basis: Basis) -> str:
    area = f" ({basis.area})" if basis.area else ""
    return f"{shipped_sources()[basis.source].title} {basis.clause}{area}, {basis.mark.value}"
