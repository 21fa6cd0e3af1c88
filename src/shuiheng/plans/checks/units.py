"""Units must be named one way, and each must have a part of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from shuiheng.kernel import Finding, Severity
from shuiheng.plans.checks.context import CheckContext, about_document, names
from shuiheng.plans.model import UnitMention, UnitRole
from shuiheng.plans.wording import squeeze

HEADS = "局委办厅院处站所"
COLLECTIVE = re.compile(r"有关|相关|各|部门|单位|政府|责任")
ONE_UNIT = re.compile(r"[局委办厅院处站所部]$|中心$|集团$|公司$|支行$")
TITLE_END = re.compile(r"(?:[局委办厅]|办公室|委员会)$")
BRACKET = re.compile(r"[\[（(【〔].*?[\]）)】〕]")
SHORTEST = 3


@dataclass(slots=True)
class _Unit:
    """One unit under all names that the plan gives it."""

    spellings: list[UnitMention] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(unit.name for unit in self.spellings))


def check_units_have_one_name(context: CheckContext) -> tuple[Finding, ...]:
    """Return a note for each unit that the plan writes in several ways (工信局, 工业和信息化局).

    Names are of one unit when the dictionary says so, or when the shorter one is an
    abbreviation of the longer: same first and last character, all others in turn.
    """
    found = []
    for unit in _units(context):
        bare = list(dict.fromkeys(_bare(name, context) for name in unit.names))
        if len(bare) > 1:
            first = unit.spellings[0]
            found.append(
                about_document(
                    "plans.unit_spelled_differently",
                    Severity.NOTE,
                    span=first.span,
                    evidence=names(bare),
                    names=names(bare),
                    count=str(len(bare)),
                )
            )
    return tuple(found)


def check_units_lead_something(context: CheckContext) -> tuple[Finding, ...]:
    """Return one note with the units that join tasks and lead none."""
    joining = []
    for unit in _units(context):
        first = unit.spellings[0]
        roles = {mention.role for mention in unit.spellings}
        is_one_unit = ONE_UNIT.search(first.name) and not COLLECTIVE.search(first.name)
        if is_one_unit and UnitRole.JOINT in roles and UnitRole.LEAD not in roles:
            joining.append(first)
    if not joining:
        return ()
    listed = names(mention.name for mention in joining)
    return (
        about_document(
            "plans.units_only_join",
            Severity.NOTE,
            span=joining[0].span,
            evidence=listed,
            units=listed,
            count=str(len(joining)),
        ),
    )


def check_units_of_the_text_have_a_part(context: CheckContext) -> tuple[Finding, ...]:
    """Return a note for each known unit that a task's text names and no task gives a part."""
    parts = {unit.organisation for task in context.plan.tasks for unit in task.units} - {None}
    written = {
        _bare(unit.name, context)
        for task in context.plan.tasks
        for unit in task.units
        if unit.organisation is None
    }
    if not parts:
        return ()
    return tuple(_named_only(context, parts, written))


def _named_only(context: CheckContext, parts: set[str | None], written: set[str]) -> Iterator[Finding]:
    texts = [
        (task, squeeze(context.document.words(task.span), start=task.span.start))
        for task in context.plan.tasks
    ]
    for term in context.knowledge.organisations:
        titles = [n for n in (term.name, *term.aliases) if len(n) >= SHORTEST and TITLE_END.search(n)]
        if term.id in parts or any(title in name for title in titles for name in written):
            continue
        for task, wording in texts:
            at = [(wording.text.find(f"{place}{t}"), f"{place}{t}") for t in titles for place in "市区县"]
            hits = sorted((start, -len(words), words) for start, words in at if start >= 0)
            if hits:
                start, _, words = hits[0]
                span = wording.span_of(start, start + len(words))
                yield Finding(
                    code="plans.unit_named_in_text_only",
                    severity=Severity.NOTE,
                    subject=task.id,
                    span=span,
                    page=task.page,
                    evidence=words,
                    values=(("unit", words),),
                )
                break


def _units(context: CheckContext) -> list[_Unit]:
    """Group all mentions by unit: by organisation, by equal name, by abbreviation."""
    units: list[_Unit] = []
    by_key: dict[str, _Unit] = {}
    for task in context.plan.tasks:
        for mention in task.units:
            key = _bare(mention.name, context)
            unit = by_key.get(key) or by_key.get(
                f"#{mention.organisation}" if _is_city_level(mention) else ""
            )
            if unit is None:
                unit = next(
                    (by_key[k] for k in by_key if is_abbreviation(key, k) or is_abbreviation(k, key)), None
                )
            if unit is None:
                unit = _Unit()
                units.append(unit)
            by_key[key] = unit
            if mention.organisation and _is_city_level(mention):
                by_key.setdefault(f"#{mention.organisation}", unit)
            unit.spellings.append(mention)
    return units


def _is_city_level(mention: UnitMention) -> bool:
    """Whether the mention names one unit, not the like units of all districts."""
    return mention.organisation is not None and not COLLECTIVE.search(mention.name)


def is_abbreviation(short: str, long: str) -> bool:
    """Return whether a unit's name is a shorter form of another: 住建局 of 住房和城乡建设局."""
    if len(short) >= len(long) or len(short) < SHORTEST or short[-1] not in HEADS:
        return False
    if short[0] != long[0] or short[-1] != long[-1] or COLLECTIVE.search(long) or COLLECTIVE.search(short):
        return False
    rest = iter(long)
    return all(char in rest for char in short) and len(long) <= 3 * len(short)


def _bare(name: str, context: CheckContext) -> str:
    """Return a unit's name without the place before it and without a bracket."""
    name = BRACKET.sub("", name)
    place = context.plan.header.jurisdiction or ""
    for prefix in (place, place[:-1], *(f"{place}{level}" for level in "市区县省"), "市", "区", "县", "省"):
        if prefix and name.startswith(prefix) and len(name) - len(prefix) >= 2:
            rest = name[len(prefix) :]
            return rest[1:] if prefix == place[:-1] and rest[0] in "市区县省" else rest
    return name
