"""What serves the targets of a plan, as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from typing import Any

from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.adapters.rulebook.membership import membership_book
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.adapters.rulebook.target_links import target_links
from shuiheng.cli.plan_printing import target_line
from shuiheng.plans import Plan
from shuiheng.programmes.target_link import Served, TargetLink, link_plan

NARROWED = {"zh": "限{words}", "en": "only {words}"}
TOTAL = {"zh": "已挂接 {linked} / {all}", "en": "{linked} of {all} linked"}


def link_lines(plan: Plan, *, language: str = "zh") -> list[str]:
    """Return each target with what serves it or why nothing does, and how many are linked by kind."""
    links = link_plan(plan, target_links().linking)
    lines, made, linked = [], Counter[str](), Counter[str]()
    for target, link in zip(plan.targets, links, strict=True):
        made[target.kind] += 1
        linked[target.kind] += link.is_linked
        lines += [target_line(target, language=language), f"    {link_words(link, language=language)}"]
    counted = "  ".join(f"{kind} {linked[kind]}/{of}" for kind, of in made.items())
    total = TOTAL[language].format(linked=linked.total(), all=made.total())
    return [*lines, "", f"{total}  {counted}".rstrip()]


def link_words(link: TargetLink, *, language: str = "zh") -> str:
    """Return what serves a target in words, or why nothing does."""
    if not link.is_linked:
        return f"✗ {target_links().reason(link, language)}"
    indicators = {term.id: term.name for term in load_knowledge().indicators}
    duties = membership_book().duties
    named = [
        *(_served(each, language) for each in link.programmes),
        *(indicators[each] for each in link.indicators),
        *(duties[each].list_names[language] for each in link.duties),
    ]
    level = [programme_words().levels[link.level][language]] if link.level else []
    narrowed = [NARROWED[language].format(words="、".join(link.narrowed_by))] if link.narrowed_by else []
    return " ".join([f"→ {'、'.join(named)}", *(f"({each})" for each in (*level, *narrowed))])


def link_json(plan: Plan) -> dict[str, Any]:
    """Return what serves each target, as JSON."""
    links = link_plan(plan, target_links().linking)
    return {
        "document": plan.document,
        "links": [
            {
                "target": link.target,
                "programmes": [{"kind": each.kind, "counting": each.counting} for each in link.programmes],
                "indicators": list(link.indicators),
                "duties": list(link.duties),
                "level": link.level,
                "narrowed_by": list(link.narrowed_by),
                "basis": link.basis,
                "gap": link.gap,
                "reason": target_links().reason(link, "zh") or None,
            }
            for link in links
        ],
    }


def _served(served: Served, language: str) -> str:
    kind = shipped_programmes()[served.kind]
    counting = next(each for each in (*kind.counts, *kind.rates) if each.id == served.counting)
    return f"{kind.names[language]}·{counting.names[language]}"
