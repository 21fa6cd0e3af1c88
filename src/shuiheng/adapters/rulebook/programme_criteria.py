"""Criteria of programmes as the rulebook writes them.

The form::

    criteria:
      full: "100"
      pass: {city: "80", province: "90"}    # or `pass: "80"` for a kind without levels
      absent: scale                         # scale | full: a criterion that does not concern a subject
      most_bonus: "10"                      # may be left out
      basis: {source: gb-t-7119-2018, at: 附录A, from: 2019-04-01, mark: known}
      groups:
        - id: technical
          name: {zh: 技术指标, en: Technical}
          weight: "40"                      # what its items give together, bonus aside
          items:                            # criteria, or groups with `items` again
            - {id: law, name: …, rule: veto, passes: {none: [{fact: …, is: "yes"}]}}
            - {id: plan, name: …, rule: threshold, points: "8", passes: {all: […]}, watched: true}
            - {id: meters, name: …, rule: step, points: "8", fact: metering_rate,
               bands: [{at_least: "1", points: "8"}, {at_least: "0.95", points: "4"}]}
            - {id: leak, name: …, rule: linear, points: "10", fact: leak_rate,
               full_at: "0.02", zero_at: "0.07", per: "0.01"}
            - {id: care, name: …, rule: manual, points: "10"}

A criterion may also say `applies` (conditions), `bonus: true`, `watched: true`, `basis`, `from` and `until`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.adapters.rulebook.bases import read_basis
from shuiheng.adapters.rulebook.conditions import NUMBER, Vocabulary, read_group
from shuiheng.adapters.rulebook.places import both_names
from shuiheng.adapters.rulebook.strict_yaml import Entry, id_of, one_of
from shuiheng.programmes.criteria import (
    NO_LEVEL,
    Absent,
    Band,
    Criteria,
    CriteriaGroup,
    Criterion,
    CriterionRule,
    Slope,
)
from shuiheng.rules.conditions import ALWAYS, Group, Operator

FIELDS = ("full", "pass", "absent", "most_bonus", "basis", "groups")
GROUP_FIELDS = ("id", "name", "weight", "items")
LEAF_FIELDS = ("id", "name", "rule", "points", "applies", "bonus", "watched", "basis", "from", "until")
OWN_FIELDS = {
    CriterionRule.VETO: ("passes",),
    CriterionRule.THRESHOLD: ("passes",),
    CriterionRule.LINEAR: ("fact", "full_at", "zero_at", "per"),
    CriterionRule.STEP: ("fact", "bands"),
    CriterionRule.MANUAL: (),
}
BAND_OPERATORS = (Operator.AT_LEAST, Operator.ABOVE, Operator.AT_MOST, Operator.BELOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What every part of a tree is read with: the words, and the file that says who checked it."""

    words: Vocabulary
    holder: Entry


def read_criteria(entry: Entry, holder: Entry, *, words: Vocabulary, levels: tuple[str, ...]) -> Criteria:
    """Return the criteria of a field.

    Args:
        entry: The field.
        holder: The file, which says who checked it.
        words: What conditions may name.
        levels: Levels of the result.

    Raises:
        RulebookError: A part has not its form, points do not add up, or an id stands twice.
    """
    entry.only(*FIELDS)
    reading = _Reading(words=words, holder=holder)
    groups = tuple(_group(each, reading) for each in entry.each("groups"))
    full = _positive(entry, "full")
    _check_sum(entry.at("groups"), groups, full)
    _check_ids(entry, groups)
    most = entry.number("most_bonus") if entry.get("most_bonus", str) is not None else None
    return Criteria(
        groups=groups,
        full=full,
        pass_marks=_pass_marks(entry, levels, full),
        absent=Absent(one_of(entry, "absent", [each.value for each in Absent])),
        most_bonus=most,
        basis=read_basis(entry.at("basis"), holder),
    )


def _pass_marks(entry: Entry, levels: tuple[str, ...], full: Decimal) -> dict[str, Decimal]:
    marks = entry.at("pass")
    if not levels:
        found = {NO_LEVEL: entry.number("pass")}
    elif set(marks.itself(dict)) != set(levels):
        raise marks.refuse("each level has a pass mark", f"Write one for {', '.join(levels)}.")
    else:
        found = {level: marks.number(level) for level in levels}
    rising = list(found.values())
    if any(mark < 0 or mark > full for mark in rising) or rising != sorted(rising):
        raise marks.refuse("pass marks rise from 0 to the full mark", "Mend the numbers.")
    return found


def _group(entry: Entry, reading: _Reading) -> CriteriaGroup:
    entry.only(*GROUP_FIELDS)
    items = tuple(_item(each, reading) for each in entry.each("items"))
    weight = entry.number("weight")
    _check_sum(entry.at("items"), items, weight)
    return CriteriaGroup(id=id_of(entry), names=both_names(entry.at("name")), weight=weight, items=items)


def _item(entry: Entry, reading: _Reading) -> Criterion | CriteriaGroup:
    return _group(entry, reading) if "items" in entry.itself(dict) else _leaf(entry, reading)


def _leaf(entry: Entry, reading: _Reading) -> Criterion:
    rule = CriterionRule(one_of(entry, "rule", [each.value for each in CriterionRule]))
    entry.only(*LEAF_FIELDS, *OWN_FIELDS[rule])
    points = Decimal(0) if rule is CriterionRule.VETO else _positive(entry, "points")
    if rule is CriterionRule.VETO and entry.get("points", str) is not None:
        raise entry.at("points").refuse("a veto gives no points", "Leave `points` out.")
    begins, ends = entry.day("from"), entry.day("until")
    if begins and ends and ends <= begins:
        raise entry.at("until").refuse("it ends before it begins", "Mend the days.")
    has_passes = "passes" in OWN_FIELDS[rule]
    return Criterion(
        id=id_of(entry),
        names=both_names(entry.at("name")),
        rule=rule,
        points=points,
        passes=_asked(entry, reading) if has_passes else ALWAYS,
        fact=_measured(entry, reading) if "fact" in OWN_FIELDS[rule] else "",
        bands=_bands(entry, points) if rule is CriterionRule.STEP else (),
        slope=_slope(entry) if rule is CriterionRule.LINEAR else None,
        applies=_optional_group(entry, reading),
        is_bonus=bool(entry.get("bonus", bool)),
        is_watched=bool(entry.get("watched", bool)),
        basis=read_basis(entry.at("basis"), reading.holder) if entry.get("basis", dict) else None,
        valid_from=begins,
        valid_to=ends,
    )


def _asked(entry: Entry, reading: _Reading) -> Group:
    entry.take("passes", dict)
    group = read_group(entry.at("passes"), reading.words)
    if not group.parts:
        raise entry.at("passes").refuse("it asks nothing", "Write its conditions.")
    return group


def _optional_group(entry: Entry, reading: _Reading) -> Group:
    if entry.get("applies", dict) is None:
        return ALWAYS
    return read_group(entry.at("applies"), reading.words)


def _measured(entry: Entry, reading: _Reading) -> str:
    facts = [name for name, word in reading.words.facts.items() if word.form == NUMBER]
    return one_of(entry, "fact", facts)


def _bands(entry: Entry, most: Decimal) -> tuple[Band, ...]:
    bands = tuple(_band(each) for each in entry.each("bands"))
    if not bands or max(band.points for band in bands) != most:
        raise entry.at("bands").refuse("the best band does not give all points", "Mend bands or `points`.")
    if any(band.points < 0 for band in bands):
        raise entry.at("bands").refuse("a band takes points off", "Give points from 0.")
    return bands


def _band(entry: Entry) -> Band:
    entry.only("points", *(each.value for each in BAND_OPERATORS))
    used = [each for each in BAND_OPERATORS if each.value in entry.itself(dict)]
    if len(used) != 1:
        raise entry.refuse("a band has one limit", f"Use one of {', '.join(BAND_OPERATORS)}.")
    return Band(operator=used[0], limit=entry.number(used[0].value), points=entry.number("points"))


def _slope(entry: Entry) -> Slope:
    zero, full = entry.number("zero_at"), entry.number("full_at")
    per = entry.number("per") if entry.get("per", str) is not None else None
    if zero == full or (per is not None and per <= 0):
        raise entry.refuse("points do not rise between `zero_at` and `full_at`", "Mend the numbers.")
    return Slope(zero_at=zero, full_at=full, per=per)


def _positive(entry: Entry, field: str) -> Decimal:
    number = entry.number(field)
    if number <= 0:
        raise entry.at(field).refuse(f"`{field}` is not above 0", "Mend the number.")
    return number


def _check_sum(entry: Entry, items: tuple[Criterion | CriteriaGroup, ...], weight: Decimal) -> None:
    """Raise RulebookError unless the points add up on every day: criteria may begin and end."""
    leaves = [item for item in items if isinstance(item, Criterion)]
    days = {day for leaf in leaves for day in (leaf.valid_from, leaf.valid_to) if day} | {date.min}
    for day in sorted(days):
        given = sum((_points(item, day) for item in items), Decimal(0))
        if given != weight:
            raise entry.refuse(f"the points add up to {given}, not to {weight}", "Mend points or weight.")


def _points(item: Criterion | CriteriaGroup, day: date) -> Decimal:
    if isinstance(item, CriteriaGroup):
        return item.weight
    return item.points if item.is_asked_on(day) and not item.is_bonus else Decimal(0)


def _check_ids(entry: Entry, groups: tuple[CriteriaGroup, ...]) -> None:
    ids = [name for group in groups for name in _ids(group)]
    for name in ids:
        if ids.count(name) > 1:
            raise entry.refuse(f"the id `{name}` stands twice", "Give each its own.")


def _ids(group: CriteriaGroup) -> Iterator[str]:
    yield group.id
    for item in group.items:
        if isinstance(item, CriteriaGroup):
            yield from _ids(item)
        else:
            yield item.id
