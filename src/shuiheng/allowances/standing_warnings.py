"""Which warnings are new, hold again, still hold or hold no more (预警变动): one cause is told once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

M = TypeVar("M", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningChanges(Generic[M]):
    """What is to be done with warnings after a look (预警变动), each in the order of what was wanted.

    Args:
        raised: New ones: they are told.
        again: Those that had gone and hold again: they are opened, and not told a second time.
        held: Those that go on.
        gone: Those that stood and hold no more.
    """

    raised: tuple[M, ...]
    again: tuple[M, ...]
    held: tuple[M, ...]
    gone: tuple[M, ...]


def warning_changes(
    known: Mapping[M, bool], wanted: Iterable[M], *, too_old: Iterable[M] = ()
) -> WarningChanges[M]:
    """Return what becomes of warnings (预警变动).

    Whatever was raised once is never raised again, however often readings are corrected to and fro.

    Args:
        known: Every warning that was ever raised, with whether it stands.
        wanted: Those that hold now; one that is named twice counts once.
        too_old: Those of periods that are over so long that none is raised for them any more.
    """
    holding, old = dict.fromkeys(wanted), set(too_old)
    return WarningChanges(
        raised=tuple(each for each in holding if each not in known and each not in old),
        again=tuple(each for each in holding if known.get(each) is False),
        held=tuple(each for each in holding if known.get(each) is True),
        gone=tuple(each for each, stands in known.items() if stands and each not in holding),
    )
