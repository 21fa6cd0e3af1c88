"""What serves a target and how it is counted as JSON, as it is kept with the word of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shuiheng.programmes.kind import CountWay
from shuiheng.programmes.target_counting import TargetQuestion
from shuiheng.programmes.target_link import Served


@dataclass(frozen=True, slots=True, kw_only=True)
class HowCounted:
    """How a target is counted: by cases of programmes, or by an indicator; by neither when nothing counts it.

    Args:
        question: What is counted, or None.
        indicators: Ids of indicators that give its value.
        duties: Duties of which the lists of the ledger show it.
        narrowed_by: Words by which fewer cases may be meant.
        basis: By which words the program found it; empty where a person chose it.
        gap: Why nothing serves it; empty when something does.
        gap_words: What shows that gap.
    """

    question: TargetQuestion | None = None
    indicators: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    narrowed_by: tuple[str, ...] = ()
    basis: str = ""
    gap: str = ""
    gap_words: str = ""

    @property
    def is_linked(self) -> bool:
        """Return whether anything serves the target."""
        return self.question is not None or bool(self.indicators) or bool(self.duties)


def how_json(how: HowCounted) -> dict[str, Any]:
    """Return how a target is counted as JSON."""
    asked = how.question
    return {
        "programmes": [] if asked is None else [[each.kind, each.counting] for each in asked.served],
        "level": "" if asked is None else asked.level,
        "way": "" if asked is None or asked.way is None else asked.way.value,
        "since": None if asked is None or asked.since is None else asked.since.isoformat(),
        "year": None if asked is None else asked.year,
        "indicators": list(how.indicators),
        "duties": list(how.duties),
        "narrowed_by": list(how.narrowed_by),
        "basis": how.basis,
        "gap": how.gap,
        "gap_words": how.gap_words,
    }


def read_how(content: Mapping[str, Any]) -> HowCounted:
    """Return how a target is counted from its JSON."""
    served = tuple(Served(kind, counting) for kind, counting in content.get("programmes", ()))
    since, way = content.get("since"), content.get("way")
    question = TargetQuestion(
        served=served,
        level=content.get("level", ""),
        way=CountWay(way) if way else None,
        since=date.fromisoformat(since) if since else None,
        year=content.get("year"),
    )
    return HowCounted(
        question=question if served else None,
        indicators=tuple(content.get("indicators", ())),
        duties=tuple(content.get("duties", ())),
        narrowed_by=tuple(content.get("narrowed_by", ())),
        basis=content.get("basis", ""),
        gap=content.get("gap", ""),
        gap_words=content.get("gap_words", ""),
    )
