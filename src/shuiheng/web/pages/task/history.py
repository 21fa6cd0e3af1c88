"""What was done to a task, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Event
from shuiheng.web import words
from shuiheng.web.words_register import TASK_EVENTS


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that was done, with what stood before and after in words."""

    event: Event
    name: str
    before: str
    after: str


def lines_of(events: Iterable[Event]) -> list[HistoryLine]:
    """Return the events in words, in the order in which they come."""
    return [
        HistoryLine(event, words.word(TASK_EVENTS, event.action), _said(event.before), _said(event.after))
        for event in events
    ]


def _said(side: Mapping[str, Any] | None) -> str:
    """Return one side of a change: units with their roles, else the values that were given."""
    if not side:
        return ""
    if isinstance(side.get("parts"), list):
        roles: dict[str, list[str]] = {}
        for part in side["parts"]:
            roles.setdefault(str(part["role"]), []).append(str(part["name"]))
        said = [f"{words.word(words.ROLES, role)}：{'、'.join(names)}" for role, names in roles.items()]
        return "；".join(said) or _("无")
    if "place" in side and "value" in side:
        return f"{side['place']} {_shown(side['value'])}"
    shown = [_shown(side[name]) for name in ("title", "text", "due_on", "done_on") if side.get(name)]
    return " ".join(shown) or ("" if "due_on" not in side else _("未注明"))


def _shown(value: object) -> str:
    return _("无") if value is None else str(value)
