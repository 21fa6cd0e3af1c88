"""How a compiled plan is measured against a hand-made one.

Tasks are paired by the likeness of their texts; targets, duties and thresholds by equal fields
and overlapping quotes. A measure is a share from 0 to 1:

    tasks    F1 of the paired tasks
    lead     gold tasks whose pair has the same lead units in the same order
    parts    F1 of (task, joining unit)
    path     gold tasks whose pair ends in the same heading
    numeric  F1 of targets with a value, all fields equal
    value    the same, asking only value, upper value, unit and deadline
    miles    F1 of milestones: deadline equal
    rules    F1 of thresholds and duties: value and rhythm equal
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

Json = dict[str, Any]
MEASURES = ("tasks", "lead", "parts", "path", "numeric", "value", "miles", "rules")
SAME_TASK = 0.85
SAME_WORDS = 0.6
_NARROW = dict(zip("(),;:～－—％", "（），；：~--%", strict=True))
_FORMS = str.maketrans(_NARROW)


@dataclass(frozen=True)
class Measured:
    """The measures of one document and what differs, for a person to read."""

    shares: dict[str, float]
    differences: list[str] = field(default_factory=list)


def bare(text: str | None) -> str:
    """Return the words without white space, in one form of punctuation, without marks at the ends."""
    return re.sub(r"\s+", "", text or "").translate(_FORMS).strip("。；，、：")


def f1(hits: int, found: int, wanted: int) -> float:
    """Return the harmonic mean of precision and recall; 1 when there is nothing to find and nothing found."""
    return 2 * hits / (found + wanted) if found + wanted else 1.0


def measure(got: Json, gold: Json) -> Measured:
    """Return how well `got` agrees with the labels `gold`."""
    pairs = _paired_tasks(got["tasks"], gold["tasks"])
    wanted = len(gold["tasks"]) or 1
    same_lead = [_names(c["lead"]) == _names(g["lead"]) for c, g in pairs]
    same_path = [_last(c) == _last(g) for c, g in pairs]
    shared_units = sum(len(set(_names(c["participants"])) & set(_names(g["participants"]))) for c, g in pairs)
    items = _ItemScores(got, gold)
    shares = {
        "tasks": f1(len(pairs), len(got["tasks"]), len(gold["tasks"])),
        "lead": sum(same_lead) / wanted,
        "parts": f1(shared_units, _unit_count(got), _unit_count(gold)),
        "path": sum(same_path) / wanted,
        "numeric": items.numeric.share,
        "value": items.value.share,
        "miles": items.miles.share,
        "rules": items.rules.share,
    }
    if not gold["tasks"]:
        shares |= dict.fromkeys(("lead", "path"), 1.0)
    return Measured(shares, [*_task_differences(got, gold, pairs), *items.differences()])


def _names(units: Iterable[str]) -> list[str]:
    return [bare(unit) for unit in units]


def _last(task: Json) -> str:
    return bare(task["path"][-1]) if task.get("path") else ""


def _unit_count(plan: Json) -> int:
    return sum(len(set(_names(task["participants"]))) for task in plan["tasks"])


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < SAME_WORDS:
        return 0.0
    return matcher.ratio()


def _paired_tasks(got: list[Json], gold: list[Json]) -> list[tuple[Json, Json]]:
    """Return pairs (compiled, gold), the most alike first and of those the nearest in order."""
    candidates = []
    for at_gold, wanted in enumerate(gold):
        words = bare(wanted["text"])
        for at_got, found in enumerate(got):
            likeness = _likeness(words, bare(found["text"]))
            if likeness >= SAME_TASK:
                distance = abs(at_gold / max(1, len(gold)) - at_got / max(1, len(got)))
                candidates.append((-likeness, distance, -at_gold, -at_got))
    pairs, used_gold, used_got = [], set(), set()
    for _, _, minus_gold, minus_got in sorted(candidates):
        if minus_gold not in used_gold and minus_got not in used_got:
            used_gold.add(minus_gold)
            used_got.add(minus_got)
            pairs.append((got[-minus_got], gold[-minus_gold]))
    return pairs


def _overlap(one: str, other: str) -> bool:
    one, other = bare(one), bare(other)
    if not one or not other:
        return False
    if one in other or other in one:
        return True
    longest = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return longest.size >= SAME_WORDS * min(len(one), len(other))


def _number(value: float | None) -> float | None:
    return None if value is None else round(float(value), 6)


def _value_fields(target: Json) -> tuple[Any, ...]:
    return (
        _number(target.get("value")),
        _number(target.get("value_max")),
        target.get("unit"),
        target.get("deadline"),
    )


def _all_fields(target: Json) -> tuple[Any, ...]:
    scope = bare(target.get("scope")) or None
    asked = (target.get("kind"), target.get("op"), scope, target.get("baseline_year"))
    return (*_value_fields(target), *asked, bool(target.get("annual")))


def _deadline(target: Json) -> Any:
    return target.get("deadline")


def _rule_fields(item: Json) -> tuple[Any, ...]:
    return _number(item.get("value")), item.get("frequency")


class _Matched:
    """Items matched one to one by equal fields and overlapping quotes."""

    def __init__(self, got: list[Json], gold: list[Json], fields: Callable[[Json], Any]) -> None:
        self.fields = fields
        self.extra = list(got)
        self.missed: list[Json] = []
        for wanted in gold:
            hit = next((item for item in self.extra if self._agree(item, wanted)), None)
            if hit is None:
                self.missed.append(wanted)
            else:
                self.extra.remove(hit)
        self.share = f1(len(gold) - len(self.missed), len(got), len(gold))

    def _agree(self, item: Json, wanted: Json) -> bool:
        return bool(
            self.fields(item) == self.fields(wanted)
            and _overlap(item.get("quote", ""), wanted.get("quote", ""))
        )


class _ItemScores:
    def __init__(self, got: Json, gold: Json) -> None:
        valued = [[t for t in plan["targets"] if t.get("value") is not None] for plan in (got, gold)]
        bare_targets = [[t for t in plan["targets"] if t.get("value") is None] for plan in (got, gold)]
        rules = [[*plan.get("thresholds", []), *plan.get("duties", [])] for plan in (got, gold)]
        self.numeric = _Matched(valued[0], valued[1], _all_fields)
        self.value = _Matched(valued[0], valued[1], _value_fields)
        self.miles = _Matched(bare_targets[0], bare_targets[1], _deadline)
        self.rules = _Matched(rules[0], rules[1], _rule_fields)

    def differences(self) -> Iterator[str]:
        for name, matched in (("target", self.numeric), ("milestone", self.miles), ("rule", self.rules)):
            shown = _all_fields if name == "target" else matched.fields
            for word, items in (("missed", matched.missed), ("extra", matched.extra)):
                yield from (f"{name} {word}: {item.get('quote')} {shown(item)}" for item in items)


def _task_differences(got: Json, gold: Json, pairs: list[tuple[Json, Json]]) -> Iterator[str]:
    paired = [[id(pair[side]) for pair in pairs] for side in (0, 1)]
    for word, side, plan in (("extra", 0, got), ("missed", 1, gold)):
        yield from (f"task {word}: {t['text'][:60]}" for t in plan["tasks"] if id(t) not in paired[side])
    for found, wanted in pairs:
        for part in ("lead", "participants"):
            if _names(found[part]) != _names(wanted[part]):
                yield f"{part}: got {found[part]}, want {wanted[part]}: {wanted['text'][:24]}"
        if _last(found) != _last(wanted):
            yield f"path: got {found['path']}, want {wanted['path']}: {wanted['text'][:24]}"


def table(rows: dict[str, dict[str, float]]) -> str:
    """Return the measures as a Markdown table with their average."""
    average = {name: sum(row[name] for row in rows.values()) / len(rows) for name in MEASURES}
    lines = ["| document | " + " | ".join(MEASURES) + " |", "| --- |" + " ---: |" * len(MEASURES)]
    for name, row in {**rows, "average": average}.items():
        lines.append(f"| {name} | " + " | ".join(f"{row[m]:.3f}" for m in MEASURES) + " |")
    return "\n".join(lines)
