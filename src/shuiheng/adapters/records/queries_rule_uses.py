"""What was computed with a rule: rounds, runs, late fees, warnings and outcomes of gates that cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, Model, QuerySet, TextField
from django.db.models.functions import Cast, ExtractYear

from shuiheng.adapters.records.models import (
    AllowanceRound,
    ChargeEntry,
    ChargeEntryKind,
    ChargeRun,
    GateRecord,
    Place,
    UseWarning,
)
from shuiheng.adapters.records.sight import Sight

MOST_USES = 20
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUse:
    """Where a rule was used.

    Args:
        kind: `allowance_round`, `charge_run`, `late_fee`, `warning` or `gate`.
        key: Key of the round or run; None where several are counted.
        title: Its name, or the id of the gate.
        year: Year of the round, of the first day of a run, or in which the others arose.
        count: How many there are.
    """

    kind: str
    key: int | None = None
    title: str = ""
    year: int
    count: int = 1


def uses_of_rule(seen: Sight, city: Place, rule: str) -> Sequence[RuleUse]:
    """Return what was computed in a city with a rule: the newest rounds and runs, others counted."""
    rounds = _citing(seen(AllowanceRound).filter(place=city), "rules", rule).order_by("-year", "-pk")
    runs = _citing(seen(ChargeRun).filter(place=city), "rules", rule).order_by("-first", "-pk")
    fees = seen(ChargeEntry).filter(charge__run__place=city, kind=ChargeEntryKind.LATE_FEE)
    warnings = seen(UseWarning).filter(allowance__round__place=city)
    gates = _citing(seen(GateRecord).filter(project__place=city), "rules", rule)
    gates_by_year = gates.annotate(year=ExtractYear("decided_at")).values_list("year", "gate")
    return [
        *(
            RuleUse(kind="allowance_round", key=row.pk, title=row.title, year=row.year)
            for row in rounds[:MOST_USES]
        ),
        *(
            RuleUse(kind="charge_run", key=row.pk, title=row.title, year=row.first.year)
            for row in runs[:MOST_USES]
        ),
        *_by_year(_citing(fees, "derivation", rule), "late_fee", "on"),
        *_by_year(_citing(warnings, "rules", rule), "warning", "first"),
        *(
            RuleUse(kind="gate", title=gate, year=year, count=count)
            for year, gate, count in gates_by_year.annotate(n=Count("pk")).order_by("-year", "gate")
        ),
    ]


def _citing(rows: QuerySet[M], field: str, rule: str) -> QuerySet[M]:
    """Return the rows whose kept citations or steps name a rule; the quotes keep longer names apart."""
    found: QuerySet[Any] = rows.annotate(cited=Cast(field, TextField())).filter(cited__contains=f'"{rule}"')
    return found


def _by_year(rows: QuerySet[M], kind: str, day: str) -> list[RuleUse]:
    years = rows.annotate(year=ExtractYear(day)).values_list("year").annotate(n=Count("pk"))
    return [RuleUse(kind=kind, year=year, count=count) for year, count in years.order_by("-year")]
