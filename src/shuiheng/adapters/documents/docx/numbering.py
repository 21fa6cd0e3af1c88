"""Automatic numbers written out: what Word prints in front of a numbered paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from shuiheng.adapters.documents.docx.counting import printed_number
from shuiheng.adapters.documents.docx.package import Element, W, is_on, number, value

_LEVELS = 9
_BULLET = "●"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLevel:
    """One level of a list: where it starts, how it counts, what is printed around the number."""

    start: int
    form: str
    template: str
    suffix: str
    restart: int | None
    is_legal: bool


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, NumberLevel]]
    family: dict[str, str]
    restarts: dict[tuple[str, int], int]
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, list_id: str, depth: int) -> str | None:
        """Count one paragraph of list `list_id` at `depth` and return what is printed before it.

        None when the document has no such list.
        """
        levels = self.levels.get(list_id)
        level = levels.get(depth) if levels else None
        if levels is None or level is None:
            return None
        counts = self.counts.setdefault(self.family[list_id], [None] * _LEVELS)
        restart = self.restarts.get((list_id, depth))
        if restart is not None and (list_id, depth) not in self.begun:
            counts[depth] = restart
        else:
            held = counts[depth]
            counts[depth] = level.start if held is None else held + 1
        self.begun.add((list_id, depth))
        for deeper in range(depth + 1, _LEVELS):
            rule = levels[deeper].restart if deeper in levels else None
            if rule is None or (rule and depth < rule):
                counts[deeper] = None
        return _printed(level, levels, counts)


def _printed(level: NumberLevel, levels: dict[int, NumberLevel], counts: list[int | None]) -> str:
    if level.form == "bullet":
        return _BULLET

    def one(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        there = levels.get(depth)
        if there is None:
            return ""
        count = counts[depth]
        return printed_number(
            there.start if count is None else count, "decimal" if level.is_legal else there.form
        )

    text = re.sub(r"%([1-9])", one, level.template)
    gap = " " if text and level.suffix != "nothing" and text[-1].isascii() else ""
    return text + gap


def numbering_of(root: Element | None) -> Numbering:
    """Return the lists that `numbering.xml` declares."""
    numbering = Numbering({}, {}, {})
    if root is None:
        return numbering
    plans = {item.get(f"{W}abstractNumId", ""): item for item in root.findall(f"{W}abstractNum")}
    by_style = {style: item for item in plans.values() if (style := value(item, "w:styleLink")) is not None}
    for entry in root.findall(f"{W}num"):
        list_id = entry.get(f"{W}numId", "")
        family = value(entry, "w:abstractNumId") or ""
        plan = plans.get(family)
        if plan is None:
            continue
        linked = value(plan, "w:numStyleLink")
        plan = by_style.get(linked, plan) if linked else plan
        levels = _levels(plan)
        for override in entry.findall(f"{W}lvlOverride"):
            depth = number(override.get(f"{W}ilvl"))
            restart = value(override, "w:startOverride")
            if restart is not None:
                numbering.restarts[list_id, depth] = number(restart)
            if override.find(f"{W}lvl") is not None:
                levels.update(_levels(override))
        numbering.levels[list_id] = levels
        numbering.family[list_id] = plan.get(f"{W}abstractNumId", family)
    return numbering


def _levels(plan: Element) -> dict[int, NumberLevel]:
    found = {}
    for level in plan.findall(f"{W}lvl"):
        depth = number(level.get(f"{W}ilvl"))
        if not 0 <= depth < _LEVELS:
            continue
        restart = value(level, "w:lvlRestart")
        found[depth] = NumberLevel(
            start=number(value(level, "w:start"), 0),
            form=value(level, "w:numFmt") or _custom_form(level),
            template=value(level, "w:lvlText") or "",
            suffix=value(level, "w:suff") or "tab",
            restart=number(restart) if restart is not None else None,
            is_legal=is_on(level, "w:isLgl"),
        )
    return found


def _custom_form(level: Element) -> str:
    """Return the number format of a level that wraps it in a compatibility choice."""
    found = level.find(f".//{W}numFmt")
    return found.get(f"{W}val", "decimal") if found is not None else "decimal"
