"""Cases in sight: the list of a filter, how many there are by kind and by district, the cards of a board."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    Prefetch,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, RowNumber

from shuiheng.adapters.records.models import CaseHolding, CasePhase, Place, ProgrammeCase
from shuiheng.adapters.records.models.cases import RUNNING
from shuiheng.adapters.records.sight import Sight

LIMIT, MOST_KEYS = 60, 500
LATE, SOON = "late", "soon"
DUES = (LATE, SOON)
SOON_DAYS = 30
REST = "rest"
ALIVE = (*RUNNING, CasePhase.REACHED)
ORDERS: Mapping[str, tuple[str, ...]] = {
    "newest": ("-opened_on", "-pk"),
    "due": ("due_on", "pk"),
    "subject": ("subject_name", "pk"),
    "district": ("district__order", "district_id", "pk"),
    "reached": ("-reached_on", "-pk"),
    "until": ("valid_until", "pk"),
}
StepsOfKinds = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases are listed; empty fields do not filter.

    Args:
        words: Words in the name of the subject or in the number of the certificate.
        kind: Id of a kind.
        phase: How far it has come.
        district: Key of the district.
        level: The level that was reached, or else is aimed at.
        holding: How the result holds on the day.
        due: `late` or `soon`.
        unit: Key of the unit whose own it is.
        batch: Key of the batch in which it was opened.
        steps: By kind, the steps of which one must be open; None for any.
        keys: Keys of cases; None for all.
        order: A word of `ORDERS`.
    """

    words: str = ""
    kind: str = ""
    phase: str = ""
    district: int | None = None
    level: str = ""
    holding: str = ""
    due: str = ""
    unit: int | None = None
    batch: int | None = None
    steps: StepsOfKinds | None = None
    keys: tuple[int, ...] | None = None
    order: str = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCounts:
    """How many cases there are of a kind, in a district or in all.

    Args:
        planned: Not begun.
        under_way: Begun.
        reached: Those whose result was given and stands, or has expired.
        lost: Refused, given up or revoked.
        late: Of which something is overdue.
        at_risk: Whose result the readings speak against.
        expired: Whose result has expired.
    """

    planned: int = 0
    under_way: int = 0
    reached: int = 0
    lost: int = 0
    late: int = 0
    at_risk: int = 0
    expired: int = 0

    @property
    def total(self) -> int:
        """Return how many there are."""
        return self.planned + self.under_way + self.reached + self.lost


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardColumn:
    """The cases of a kind that wait for one step, as many as a board shows.

    Args:
        step: Id of the step; empty for those that have reached their result, `REST` for those of which
            no step of the kind as it is now can end next.
        count: How many there are.
        cards: Those that are due first.
    """

    step: str
    count: int
    cards: Sequence[ProgrammeCase]


def case_list(seen: Sight, wanted: CaseFilter, on: date) -> QuerySet[ProgrammeCase]:
    """Return the cases that a filter leaves on a day, in its order."""
    rows = seen(ProgrammeCase).select_related("district", "organisation", "commissioned", "place")
    plain = {
        "kind": wanted.kind,
        "phase": wanted.phase,
        "district": wanted.district,
        "organisation": wanted.unit,
        "batch": wanted.batch,
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    if wanted.level:
        rows = rows.filter(Q(reached_level=wanted.level) | Q(reached_level="", level=wanted.level))
    if wanted.holding:
        rows = rows.filter(_holds(wanted.holding, on))
    if wanted.due in DUES:
        rows = rows.filter(_is_late(on) if wanted.due == LATE else _is_due_soon(on))
    if wanted.keys is not None:
        rows = rows.filter(pk__in=wanted.keys[:MOST_KEYS])
    if wanted.steps is not None:
        rows = _waiting_for(rows, wanted.steps)
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(Q(subject_name__icontains=word) | Q(number__icontains=word))
    order = ORDERS.get(wanted.order, ORDERS["newest"])
    return rows.order_by(*(F(name).asc(nulls_last=True) if name in _LAST else name for name in order))


def counts_by_kind(seen: Sight, wanted: CaseFilter, on: date) -> Mapping[str, CaseCounts]:
    """Return how many of the cases that a filter leaves there are of each kind that has any."""
    return _counts(case_list(seen, wanted, on), "kind", on)


def counts_by_district(seen: Sight, wanted: CaseFilter, on: date) -> Mapping[int, CaseCounts]:
    """Return how many of the cases that a filter leaves there are in each district that has any."""
    return _counts(case_list(seen, wanted, on), "district_id", on)


def board_columns(
    seen: Sight, wanted: CaseFilter, steps: Sequence[str], on: date, *, most: int
) -> list[BoardColumn]:
    """Return the cases of one kind by the first step that can end next, and those that reached their result.

    Args:
        seen: What the reader may see.
        wanted: The filter; it names the kind.
        steps: The steps of the kind in their order.
        on: The day.
        most: How many cards a column shows at most.
    """
    rows = case_list(seen, wanted, on).filter(phase__in=ALIVE).annotate(column=_column(steps))
    counts = dict(rows.order_by().values_list("column").annotate(count=Count("pk")))
    first = (F("due_on").asc(nulls_last=True), F("pk").desc())
    placed = rows.annotate(at=Window(RowNumber(), partition_by=[F("column")], order_by=first))
    cards: dict[str, list[ProgrammeCase]] = {}
    for row in placed.filter(at__lte=most).order_by("at"):
        cards.setdefault(row.column, []).append(row)
    rest = (REST,) if REST in counts else ()
    return [
        BoardColumn(step=step, count=counts.get(step, 0), cards=cards.get(step, []))
        for step in (*steps, *rest, "")
    ]


def kinds_with_cases(seen: Sight) -> Sequence[str]:
    """Return the kinds of which there are cases in sight."""
    return list(seen(ProgrammeCase).order_by("kind").values_list("kind", flat=True).distinct())


def districts_with_cases(seen: Sight) -> Sequence[Place]:
    """Return the places in which cases in sight are counted, in the city's own order."""
    used = seen(ProgrammeCase).order_by().values("district").distinct()
    return list(seen(Place).filter(pk__in=used).order_by("order", "pk"))


def one_case(seen: Sight, key: int) -> ProgrammeCase | None:
    """Return one case, or None."""
    related = ("district", "organisation", "commissioned", "place", "user", "project", "batch", "made_by")
    return seen(ProgrammeCase).select_related(*related).filter(pk=key).first()


def read_whole(row: ProgrammeCase) -> None:
    """Read the events of a case and its evidence with who entered them, each once for its whole page."""
    events = Prefetch("events", queryset=row.events.select_related("entered_by"))
    people = row.evidence.select_related("submitted_by", "reviewed_by")
    prefetch_related_objects([row], events, Prefetch("evidence", queryset=people))


def holding_on(row: ProgrammeCase, on: date) -> str:
    """Return how the result of a case holds on a day, by what readings said last."""
    if row.phase == CasePhase.REVOKED:
        return CaseHolding.REVOKED.value
    if row.phase != CasePhase.REACHED:
        return CaseHolding.NOT_REACHED.value
    if row.valid_until is not None and row.valid_until < on:
        return CaseHolding.EXPIRED.value
    if row.holding == CaseHolding.AT_RISK:
        return CaseHolding.AT_RISK.value
    is_due = row.recheck_on is not None and row.recheck_on < on
    return CaseHolding.RECHECK_DUE.value if is_due else CaseHolding.VALID.value


def count_waiting(seen: Sight, steps: Mapping[str, Sequence[str]], on: date) -> tuple[int, int]:
    """Return how many cases wait for one of some steps, and of how many of them something is overdue."""
    rows = case_list(seen, CaseFilter(steps=steps), on).order_by()
    found = rows.aggregate(own=Count("pk"), late=Count("pk", filter=_is_late(on)))
    return found["own"], found["late"]


def is_late(row: ProgrammeCase, on: date) -> bool:
    """Return whether something of a case is overdue on a day."""
    return row.phase in ALIVE and row.due_on is not None and row.due_on < on


_LAST = ("due_on", "valid_until")


def _holds(holding: str, on: date) -> Q:
    """Return the condition of `holding_on`."""
    reached = Q(phase=CasePhase.REACHED)
    expired = Q(valid_until__lt=on)
    alive = reached & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    at_risk = Q(holding=CaseHolding.AT_RISK)
    return {
        CaseHolding.REVOKED.value: Q(phase=CasePhase.REVOKED),
        CaseHolding.EXPIRED.value: reached & expired,
        CaseHolding.AT_RISK.value: alive & at_risk,
        CaseHolding.RECHECK_DUE.value: alive & ~at_risk & Q(recheck_on__lt=on),
        CaseHolding.VALID.value: alive & ~at_risk & (Q(recheck_on__isnull=True) | Q(recheck_on__gte=on)),
        CaseHolding.NOT_REACHED.value: ~Q(phase__in=(CasePhase.REACHED, CasePhase.REVOKED)),
    }[holding]


def _is_late(on: date) -> Q:
    return Q(phase__in=ALIVE, due_on__lt=on)


def _is_due_soon(on: date) -> Q:
    return Q(phase__in=ALIVE, due_on__range=(on, on + timedelta(days=SOON_DAYS)))


def _waiting_for(rows: QuerySet[ProgrammeCase], steps: StepsOfKinds) -> QuerySet[ProgrammeCase]:
    """Return the rows of which one of the steps can end next; kinds with the same step are asked together."""
    kinds: dict[str, list[str]] = {}
    for kind, names in steps.items():
        for name in names:
            kinds.setdefault(name, []).append(kind)
    found = Q(pk__in=())
    for name, among in kinds.items():
        found |= Q(kind__in=among, steps_text__contains=f'"{name}"')
    alive = rows.filter(phase__in=ALIVE)
    return alive.annotate(steps_text=Cast("open_steps", TextField())).filter(found)


def _column(steps: Sequence[str]) -> Case:
    """Return the first step that can end next; empty for a case that has reached its result."""
    whens = [When(phase=CasePhase.REACHED, then=Value(""))]
    whens += [When(open_steps__0=step, then=Value(step)) for step in steps]
    return Case(*whens, default=Value(REST), output_field=CharField())


def _counts(rows: QuerySet[ProgrammeCase], by: str, on: date) -> Mapping[Any, CaseCounts]:
    lost = (CasePhase.REFUSED, CasePhase.WITHDRAWN, CasePhase.REVOKED)
    counted = {
        "planned": Q(phase=CasePhase.PLANNED),
        "under_way": Q(phase=CasePhase.UNDER_WAY),
        "reached": Q(phase=CasePhase.REACHED),
        "lost": Q(phase__in=lost),
        "late": _is_late(on),
        "at_risk": _holds(CaseHolding.AT_RISK.value, on),
        "expired": _holds(CaseHolding.EXPIRED.value, on),
    }
    asked = {f"n_{name}": Count("pk", filter=wanted) for name, wanted in counted.items()}
    found = rows.order_by().values(by).annotate(**asked)
    return {each[by]: CaseCounts(**{name: each[f"n_{name}"] for name in counted}) for each in found}
