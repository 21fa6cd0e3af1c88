"""The tally of a case as JSON, as it is kept beside the case, so that a count reads no events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.programmes.case import LevelReached, Phase
from shuiheng.programmes.tally import CaseTally, CountedSpan, DatedAmount, Lost, PhaseChange


def tally_json(tally: CaseTally) -> dict[str, Any]:
    """Return a tally as JSON, without its key, its subject and its district, which are columns."""
    return {
        "aimed": tally.aimed,
        "phases": [[each.phase, each.on.isoformat()] for each in tally.phases],
        "levels": [[each.level, each.on.isoformat()] for each in tally.levels],
        "spans": {
            name: [[each.first_on.isoformat(), _iso(each.lost_on), each.why] for each in spans]
            for name, spans in tally.spans.items()
        },
        "amounts": {
            name: [[each.on.isoformat(), str(each.amount)] for each in amounts]
            for name, amounts in tally.amounts.items()
        },
    }


def read_tally(content: Mapping[str, Any], *, case: str, subject: str, district: str) -> CaseTally:
    """Return the tally of a case from its JSON."""
    return CaseTally(
        case=case,
        subject=subject,
        district=district,
        aimed=content["aimed"],
        phases=tuple(PhaseChange(phase=Phase(phase), on=_day(on)) for phase, on in content["phases"]),
        levels=tuple(LevelReached(level=level, on=_day(on)) for level, on in content["levels"]),
        spans={name: tuple(_span(each) for each in spans) for name, spans in content["spans"].items()},
        amounts={
            name: tuple(DatedAmount(on=_day(on), amount=Decimal(amount)) for on, amount in amounts)
            for name, amounts in content["amounts"].items()
        },
    )


def _span(content: tuple[str, str | None, str | None]) -> CountedSpan:
    first, lost, why = content
    return CountedSpan(
        first_on=_day(first),
        lost_on=None if lost is None else _day(lost),
        why=None if why is None else Lost(why),
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str) -> date:
    return date.fromisoformat(text)
