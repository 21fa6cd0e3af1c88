"""Ids of the items of a plan, and what is labelled once although it is said twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from shuiheng.plans.model import Duty, Target, TargetKind, Threshold

Owned = tuple[str | None, tuple[Target, ...]]

_SAME_THING = 0.9
_FILE_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_NOT_IN_KEY = re.compile(r"[\s/\\:*?\"<>|]+")


def document_key(name: str) -> str:
    """Return the short name of a document that begins its ids: `000` for `000_cixi.txt`."""
    stem = _NOT_IN_KEY.sub("", _FILE_ENDING.sub("", name.rsplit("/", 1)[-1]))
    digits = re.match(r"\d+", stem)
    if digits:
        return digits[0][:3]
    return re.split(r"[_.\-]", stem)[0][:8] or "plan"


def numbered(
    key: str, letter: str, groups: Iterable[Owned], link: Callable[[Target], Target]
) -> tuple[Target, ...]:
    """Return the targets of all groups with ids of the document in place of local ones.

    Args:
        key: Short name of the document.
        letter: `T` for targets, `M` for mentions.
        groups: For each passage its task, or None, and its targets with local ids.
        link: What is added to each target, for example its indicator.
    """
    found: list[Target] = []
    for task, targets in groups:
        first = len(found) + 1
        ids = {target.id: f"{key}-{letter}{first + n:02d}" for n, target in enumerate(targets) if target.id}
        for offset, target in enumerate(targets):
            found.append(
                link(
                    replace(
                        target,
                        id=f"{key}-{letter}{first + offset:02d}",
                        task=task,
                        part_of=ids.get(target.part_of) if target.part_of else None,
                    )
                )
            )
    return tuple(found)


def without_repeated(general: Sequence[Owned], owned: Sequence[Owned]) -> list[Owned]:
    """Return the general targets that no task or table row states as well; those are labelled there."""
    seen: dict[tuple[object, ...], list[Target]] = {}
    for _, targets in owned:
        for target in targets:
            seen.setdefault(_face(target), []).append(target)
    return [
        (task, tuple(target for target in targets if not _is_said(target, seen.get(_face(target), []))))
        for task, targets in general
    ]


def new_duties(duties: Iterable[Duty], known: Sequence[Duty]) -> list[Duty]:
    """Return the duties of body text that no task states."""
    faces = {(duty.frequency, tuple(sorted(duty.to))) for duty in known}
    return [duty for duty in duties if (duty.frequency, tuple(sorted(duty.to))) not in faces]


def new_thresholds(thresholds: Iterable[Threshold], known: Sequence[Threshold]) -> list[Threshold]:
    """Return the thresholds of body text that no task states."""
    faces = {(item.value, item.unit, item.op) for item in known}
    return [item for item in thresholds if (item.value, item.unit, item.op) not in faces]


def _face(target: Target) -> tuple[object, ...]:
    is_milestone = target.kind is TargetKind.MILESTONE
    return is_milestone, target.value, target.value_max, target.unit, target.deadline


def _is_said(target: Target, others: Sequence[Target]) -> bool:
    return any(_is_same_thing(target, other) for other in others)


def _is_same_thing(one: Target, other: Target) -> bool:
    """Return whether two targets with one value are about the same thing for the same class.

    The shorter metric stands in the longer, in its order or in another one. A class may be the
    scope of one and stand in the metric of the other.
    """
    if one.scope != other.scope:
        scoped, bare = (one, other) if other.scope is None else (other, one)
        words = set((scoped.scope or "") + scoped.metric)
        return bare.scope is None and len(words & set(bare.metric)) >= _SAME_THING * len(words)
    short, long = sorted((one.metric, other.metric), key=len)
    held = (Counter(short) & Counter(long)).total()
    return short in long or held >= _SAME_THING * len(short)
