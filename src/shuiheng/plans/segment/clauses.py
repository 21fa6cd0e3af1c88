"""Reading a responsibility clause: which units lead, which join, and by which rule."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from shuiheng.plans.model import Alternative, UnitMention, UnitRole, UnitRule
from shuiheng.plans.segment.brackets import LABEL
from shuiheng.plans.segment.conventions import (
    BEFORE_COMMA_IS_LEAD,
    FIRST_IS_LEAD,
    MARKED_IS_LEAD,
    MARKS,
    Practice,
    without_conventions,
)
from shuiheng.plans.segment.due_days import due_day, due_segment
from shuiheng.plans.segment.item_clauses import item_shares
from shuiheng.plans.segment.unit_lists import ListedUnit, listed_units
from shuiheng.plans.wording import Wording, joined

LEAD_WORDS = ("牵头", "主办", "主责", "组织", "承办", "主管")
JOINT_WORDS = ("配合", "参与", "参加", "协办", "协同", "协助", "支持")

_BEHIND = r"(?=[，,；;、。）)]|会同|联合|组织|$)"
_SHARED = (
    r"(?:等(?:有关|相关)?(?:部门|单位)?)?(?:按照?|根据|依)(?:各自)?(?:职责|职能|分工|任务)(?:和?分工)?"
    r"(?:分别|共同|协同)?(?:负责|落实|推进|配合|实施|抓好)*"
)
_MARKER = re.compile(
    rf"(?P<shared>{_SHARED}){_BEHIND}"
    rf"|(?P<lead>(?<![（(〔\[])(?:分别|共同|联合)?(?:牵头|主办)(?:负责|组织实施|组织|实施|落实|推进)?){_BEHIND}"
    rf"|(?P<joint>等?(?:积极|共同|协同)?(?:{'|'.join(JOINT_WORDS)})(?:配合|落实|实施|推进|做好|完成)*){_BEHIND}"
    rf"|(?P<with>会同|联合(?!会))"
    rf"|(?P<bears>(?:分别|共同|具体|统一|抓好|做好|认真|积极)*(?:负责|落实|实施|承担|组织实施)(?:落实|实施)?){_BEHIND}"
)
_NOTED_LEAD = re.compile(r"[（(〔\[](?:牵头|主办)(?:单位|部门)?[）)〕\]]$")
_LEADERSHIP = ("领导", "人")


@dataclass(frozen=True, slots=True)
class ClauseReading:
    """What a responsibility clause says.

    Args:
        units: Units with their parts, in order.
        rule: The rule that gave the parts.
        due: Day of a deadline that stands in the clause, or None.
        due_text: Its words, or None.
        alternatives: Other readings of who leads.
    """

    units: tuple[UnitMention, ...]
    rule: UnitRule
    due: date | None = None
    due_text: str | None = None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class _Share:
    """Units of a clause with the word that says their part, and how firm it is."""

    role: str
    units: tuple[ListedUnit, ...]


def read_clause(words: Wording, practice: Practice, *, is_own_line: bool = False) -> ClauseReading:
    """Return who leads and who joins by a clause such as `牵头单位：…；配合单位：…`."""
    clause = without_conventions(words)
    items = item_shares(clause)
    if items:
        return _of_items([read_clause(item.words, practice, is_own_line=is_own_line) for item in items])
    shares: list[_Share] = []
    due: date | None = None
    due_text: str | None = None
    labels = list(LABEL.finditer(clause.text))
    if not labels:
        clause, due_text = _without_due(clause)
        due = due_day(due_text) if due_text else None
        shares = _shares_by_verbs(clause)
    for index, label in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else len(clause)
        part = _bare(clause.part(label.end(), end))
        if label["due"]:
            due_text = part.text or None
            due = due_day(part.text)
        elif label["noun"] not in _LEADERSHIP and not label["person"]:
            shares += _shares_of_label(label["role"] or label["plain_role"], part)
    if labels and labels[0].start() > 0:
        shares = [*_shares_by_verbs(_bare(clause.part(0, labels[0].start()))), *shares]
    reading = _settled(shares, practice, has_labels=bool(labels), is_own_line=is_own_line)
    return ClauseReading(
        units=reading.units, rule=reading.rule, due=due, due_text=due_text, alternatives=reading.alternatives
    )


def _of_items(readings: list[ClauseReading]) -> ClauseReading:
    """Return the readings of the items of one task as one: a unit that leads an item leads."""
    units: dict[str, UnitMention] = {}
    for unit in (unit for reading in readings for unit in reading.units):
        if unit.name not in units or unit.role is UnitRole.LEAD:
            units[unit.name] = unit
    leading = next((own for own in readings if any(u.role is UnitRole.LEAD for u in own.units)), readings[0])
    return replace(leading, units=tuple(units.values()))


def _without_due(clause: Wording) -> tuple[Wording, str | None]:
    """Take a deadline out of a clause without labels."""
    found = due_segment(clause.text)
    if found is None:
        return clause, None
    start, end = found
    before, behind = clause.part(0, max(start - 1, 0)), clause.part(end, len(clause))
    rest = joined((before, behind)) if before.text else behind
    return _bare(rest), clause.text[start:end]


def _bare(words: Wording) -> Wording:
    start, end = 0, len(words)
    while end > start and words.text[end - 1] in "，,；;。、（(〔【[":
        end -= 1
    while start < end and words.text[start] in "，,；;。、":
        start += 1
    return words.part(start, end)


def _shares_of_label(role: str, words: Wording) -> list[_Share]:
    """Return the shares under one label; verbs inside it say more than the label."""
    if _MARKER.search(words.text) is not None:
        shares = _shares_by_verbs(words)
        if any(share.role == "lead" for share in shares) or _role(role) == "bears":
            return shares
        return [_Share(_role(role), share.units) for share in shares]
    return [_Share(_role(role), listed_units(words))]


def _role(word: str) -> str:
    if any(lead in word for lead in LEAD_WORDS):
        return "lead"
    return "joint" if any(joint in word for joint in JOINT_WORDS) else "bears"


def _shares_by_verbs(words: Wording) -> list[_Share]:
    """Return the shares of `A牵头，B、C配合`: each verb takes the units before it."""
    shares: list[_Share] = []
    start = 0
    pending = ""
    for marker in _MARKER.finditer(words.text):
        role = pending or {"with": "lead"}.get(marker.lastgroup or "", marker.lastgroup or "")
        if pending and marker.lastgroup in ("lead", "joint"):
            role = "joint"
        units = listed_units(_bare(words.part(start, marker.start())))
        if units:
            shares.append(_Share(role, units))
        pending = "joint" if marker.lastgroup == "with" else ""
        start = marker.end()
    rest = listed_units(_bare(words.part(start, len(words))))
    if rest:
        shares.append(_Share(pending or ("plain" if start == 0 else "joint"), rest))
    return shares


def _settled(
    shares: list[_Share], practice: Practice, *, has_labels: bool, is_own_line: bool
) -> ClauseReading:
    """Decide who leads once all shares are known."""
    roles = {share.role for share in shares}
    noted = [unit for share in shares for unit in share.units if _NOTED_LEAD.search(unit.wording.text)]
    if "lead" in roles:
        units = [
            (unit, UnitRole.LEAD if share.role == "lead" else UnitRole.JOINT)
            for share in shares
            for unit in share.units
        ]
        rule = UnitRule.BRACKET_LABELS if has_labels else UnitRule.BRACKET_LEADS
        return ClauseReading(_mentions(units), UnitRule.OWN_LINE if is_own_line else rule)
    if noted:
        units = [
            (unit, UnitRole.LEAD if unit in noted else UnitRole.JOINT)
            for share in shares
            for unit in share.units
        ]
        return ClauseReading(_mentions(units), UnitRule.BRACKET_LEADS)
    if "joint" in roles and roles & {"bears", "plain"}:
        units = [
            (unit, UnitRole.JOINT if share.role == "joint" else UnitRole.LEAD)
            for share in shares
            for unit in share.units
        ]
        rule = UnitRule.BRACKET_LABELS if has_labels else UnitRule.BRACKET_LEADS
        return ClauseReading(_mentions(units), UnitRule.OWN_LINE if is_own_line else rule)
    listed = [unit for share in shares for unit in share.units]
    if roles == {"joint"}:
        return ClauseReading(_mentions([(unit, UnitRole.JOINT) for unit in listed]), UnitRule.BRACKET_LABELS)
    return _without_lead(
        listed, practice, is_shared="shared" in roles or not has_labels, is_own_line=is_own_line
    )


def _without_lead(
    listed: list[ListedUnit], practice: Practice, *, is_shared: bool, is_own_line: bool
) -> ClauseReading:
    """Apply the stated conventions to a list that names no lead, else keep both readings."""
    if practice.says(MARKED_IS_LEAD) and any(_is_marked(unit) for unit in listed):
        return by_mark(tuple(listed))
    if practice.says(BEFORE_COMMA_IS_LEAD) and len(listed) > 1:
        return by_comma(tuple(listed))
    if practice.says(FIRST_IS_LEAD) and listed:
        return by_first(tuple(listed))
    rule = UnitRule.BRACKET_SHARED if is_shared else UnitRule.BRACKET_RESPONSIBLE
    alternatives: tuple[Alternative, ...] = ()
    if listed:
        alternatives = (Alternative(field="lead", value=listed[0].wording.text, reason="responsible_only"),)
    return ClauseReading(
        _mentions([(unit, UnitRole.JOINT) for unit in listed]),
        UnitRule.OWN_LINE if is_own_line else rule,
        alternatives=alternatives,
    )


def by_first(listed: tuple[ListedUnit, ...]) -> ClauseReading:
    """Return the reading in which the first unit of a list leads."""
    units = [(unit, UnitRole.JOINT if index else UnitRole.LEAD) for index, unit in enumerate(listed)]
    return ClauseReading(_mentions(units), UnitRule.FIRST_IN_LIST)


def by_comma(listed: tuple[ListedUnit, ...]) -> ClauseReading:
    """Return the reading in which the units before the first comma lead."""
    units, role = [], UnitRole.LEAD
    for index, unit in enumerate(listed):
        if index and unit.separator in "，,；;":
            role = UnitRole.JOINT
        units.append((unit, role))
    return ClauseReading(_mentions(units), UnitRule.BEFORE_COMMA)


def by_mark(listed: tuple[ListedUnit, ...]) -> ClauseReading:
    """Return the reading in which the units that carry a mark (`★市水利局`) lead."""
    units = [(_unmarked(unit), UnitRole.LEAD if _is_marked(unit) else UnitRole.JOINT) for unit in listed]
    return ClauseReading(_mentions(units), UnitRule.BRACKET_LEADS)


def _is_marked(unit: ListedUnit) -> bool:
    return unit.wording.text[0] in MARKS or unit.wording.text[-1] in MARKS


def _unmarked(unit: ListedUnit) -> ListedUnit:
    text = unit.wording.text
    start = len(text) - len(text.lstrip(MARKS))
    return ListedUnit(unit.wording.part(start, max(start, len(text.rstrip(MARKS)))), unit.separator)


def _mentions(units: list[tuple[ListedUnit, UnitRole]]) -> tuple[UnitMention, ...]:
    mentions = []
    for unit, role in units:
        note = _NOTED_LEAD.search(unit.wording.text)
        words = unit.wording.part(0, note.start() if note else len(unit.wording))
        if words.text:
            mentions.append(UnitMention(name=words.text, role=role, span=words.span_of(0, len(words))))
    return tuple(mentions)
