"""Why a target stands otherwise than before (研判变化原因): a fact, a rule, the plan, a link, or time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class CauseKind(StrEnum):
    """What changed.

    `fact`: a fact came in, was corrected or went. `cases`: more or fewer cases count. `rule`: the definition
    of the indicator or a limit of the rulebook. `plan`: what the plan asks. `link`: what serves the target.
    `time`: nothing but the day.
    """

    FACT = "fact"
    CASES = "cases"
    RULE = "rule"
    PLAN = "plan"
    LINK = "link"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One cause of a change (变化原因).

    Args:
        kind: What changed.
        of: Which fact, with year and member, or which field.
        before: What it was, or None.
        after: What it is, or None.
    """

    kind: CauseKind
    of: str = ""
    before: str | None = None
    after: str | None = None


Told = Mapping[str, Any]
_RULE_FIELDS = ("indicator", "version", "base_year", "choices")
_PLAN_FIELDS = ("comparison", "limit", "upper", "deadline")
_LINK_FIELDS = ("served", "served_by")


def causes_of(before: Told, after: Told) -> tuple[Cause, ...]:
    """Return why what was told of a target differs, the most telling first (研判变化原因).

    Args:
        before: What was kept with the standing before.
        after: What is kept with it now.
    """
    found = [
        *_fields(CauseKind.PLAN, before.get("ask") or {}, after.get("ask") or {}, _PLAN_FIELDS),
        *_fields(CauseKind.LINK, before, after, _LINK_FIELDS),
        *_fields(CauseKind.RULE, before, after, _RULE_FIELDS),
        *_fields(
            CauseKind.RULE, before.get("ask") or {}, after.get("ask") or {}, ("most_unmeasured", "course")
        ),
        *_facts(before, after),
        *_fields(CauseKind.CASES, before, after, ("cases",)),
    ]
    return tuple(found) or (Cause(kind=CauseKind.TIME),)


def _fields(kind: CauseKind, before: Told, after: Told, names: tuple[str, ...]) -> list[Cause]:
    return [
        Cause(kind=kind, of=name, before=_said(before.get(name)), after=_said(after.get(name)))
        for name in names
        if before.get(name) != after.get(name)
    ]


def _facts(before: Told, after: Told) -> list[Cause]:
    """Return the facts that came, went or changed; a later year of the same fact is a fact that came."""
    old, new = _by_key(before), _by_key(after)
    return [
        Cause(kind=CauseKind.FACT, of=key, before=old.get(key), after=new.get(key))
        for key in sorted({*old, *new})
        if old.get(key) != new.get(key)
    ]


def _by_key(told: Told) -> dict[str, str]:
    found = {}
    for each in told.get("facts") or ():
        parts = (each["fact"], str(each["year"]), each.get("member") or "")
        found[":".join(part for part in parts if part)] = str(each["value"])
    return found


def _said(value: Any) -> str | None:
    return None if value is None else str(value)
