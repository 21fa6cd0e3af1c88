"""Who comes onto a list and who leaves it from one year to the next (名录增减)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from enum import StrEnum
from typing import TypeVar

from shuiheng.rules.membership import Standing

K = TypeVar("K", bound=Hashable)


class Change(StrEnum):
    """What became of a user between two lists of one rule."""

    ENTERED = "entered"
    STAYED = "stayed"
    LEFT = "left"
    DOUBTED = "doubted"


def member_changes(before: Mapping[K, Standing], now: Mapping[K, Standing]) -> Mapping[K, Change]:
    """Return what became of each user that is or was on a list (名录增减).

    Whoever is in now entered or stayed. Whoever was in has left only when the rule is known
    to cover it no longer, or when the new list does not speak of it any more; while the new
    standing is unknown it is doubted.
    """
    changes: dict[K, Change] = {}
    for key, standing in now.items():
        was_in = before.get(key) is Standing.IN
        if standing is Standing.IN:
            changes[key] = Change.STAYED if was_in else Change.ENTERED
        elif was_in:
            changes[key] = Change.LEFT if standing is Standing.OUT else Change.DOUBTED
    gone = (key for key, standing in before.items() if standing is Standing.IN and key not in now)
    return changes | dict.fromkeys(gone, Change.LEFT)
