"""Checks in sight: the list of a filter, one check with all of it, what waits for publication, orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet

from shuiheng.adapters.records.models import (
    Account,
    Check,
    CheckFile,
    CheckMember,
    CheckOrder,
    CheckState,
    InspectionItem,
    InspectorEntry,
    OrderProof,
    OrderState,
    Place,
    WaterUser,
)
from shuiheng.adapters.records.sight import Sight

LIMIT = 60
LATE, OWN = "late", "own"
TO_FILL = (CheckState.PLANNED, CheckState.UNDER_WAY)
OPEN_ORDERS = (OrderState.DECIDED, OrderState.SERVED, OrderState.PROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFilter:
    """Which checks are listed; empty fields do not filter.

    Args:
        words: Words in the name of the object.
        state: A state of a check, or `late`: its last day is over and it is not recorded.
        result: What it came to.
        draw: Key of a draw.
        of: The account in whose teams they are, or None for all.
    """

    words: str = ""
    state: str = ""
    result: str = ""
    draw: int | None = None
    of: Account | None = None


def checks_in_sight(seen: Sight) -> QuerySet[Check]:
    """Return the checks that a reader may see."""
    return seen(Check).select_related("area", "draw", "organisation", "place")


def check_list(seen: Sight, wanted: CheckFilter, on: date) -> QuerySet[Check]:
    """Return the checks that a filter leaves: what is due first, then the newest; each with its team."""
    rows = checks_in_sight(seen).prefetch_related(_team(seen))
    if wanted.state == LATE:
        rows = rows.filter(_late(on))
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.result:
        rows = rows.filter(result=wanted.result)
    if wanted.draw is not None:
        rows = rows.filter(draw=wanted.draw)
    if wanted.of is not None:
        rows = rows.filter(pk__in=seen(CheckMember).filter(inspector__account=wanted.of).values("of"))
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(subject__icontains=word)
    return rows.order_by(F("recorded_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "-pk")


def check_counts(seen: Sight, on: date) -> Mapping[str, int]:
    """Return how many checks are in each state, how many are late, and how many wait for publication."""
    counts = {state.value: Count("pk", filter=Q(state=state)) for state in CheckState}
    found: Mapping[str, int] = checks_in_sight(seen).aggregate(
        **counts, late=Count("pk", filter=_late(on)), unpublished=Count("pk", filter=_unpublished())
    )
    return found


def one_check(seen: Sight, key: int) -> Check | None:
    """Return one check with what its page shows, or None."""
    people = ("made_by", "published_by", "ended_by", "user", "project", "permit")
    return checks_in_sight(seen).select_related(*people).prefetch_related(_team(seen)).filter(pk=key).first()


def files_of(seen: Sight, row: Check) -> Sequence[CheckFile]:
    """Return the files of a check in the order in which they came."""
    return list(seen(CheckFile).filter(of=row).select_related("added_by", "reviewed_by"))


def orders_of(seen: Sight, row: Check) -> Sequence[CheckOrder]:
    """Return what was ordered after a check, each with its proofs."""
    rows = seen(CheckOrder).filter(of=row).select_related("decided_by", "served_by", "ended_by")
    return list(rows.prefetch_related("files", _proofs(seen)))


def unpublished_checks(seen: Sight) -> Sequence[Check]:
    """Return the recorded checks that are not published, those due first at the head."""
    return list(checks_in_sight(seen).filter(_unpublished()).order_by("publish_by", "pk"))


def published_checks(seen: Sight, *, since: date) -> QuerySet[Check]:
    """Return the checks that were published since a day, the newest first."""
    return checks_in_sight(seen).filter(published_on__gte=since).order_by("-published_on", "-pk")


def orders_in_sight(seen: Sight) -> QuerySet[CheckOrder]:
    """Return the orders that a unit was served, the newest first; what was not served it does not see."""
    rows = seen(CheckOrder).filter(served_on__isnull=False).select_related("of", "organisation")
    return rows.prefetch_related(_proofs(seen))


def proof_in_sight(seen: Sight, key: int) -> OrderProof | None:
    """Return a proof with a file, or None."""
    return seen(OrderProof).exclude(stored_name="").select_related("order__of").filter(pk=key).first()


def users_to_check(seen: Sight, words: str) -> Sequence[WaterUser]:
    """Return the users whose unit or number holds all words, at most 20; none without words."""
    rows = seen(WaterUser).select_related("organisation").order_by("organisation__name", "pk")
    for word in words[:LIMIT].split():
        rows = rows.filter(Q(organisation__name__icontains=word) | Q(number__startswith=word))
    return list(rows[:20]) if words.strip() else []


def open_registers(seen: Sight) -> tuple[Sequence[InspectionItem], Sequence[InspectorEntry]]:
    """Return the open items and inspectors of the registers."""
    items = seen(InspectionItem).filter(to_on__isnull=True)
    inspectors = seen(InspectorEntry).filter(to_on__isnull=True).select_related("organisation", "account")
    return list(items), list(inspectors)


def places_to_check(seen: Sight) -> Sequence[Place]:
    """Return the city and the districts in which a reader may open checks."""
    return list(seen(Place).filter(kind__in=("city", "district", "zone"), to_on__isnull=True))


def _team(seen: Sight) -> Prefetch[str, QuerySet[CheckMember], str]:
    members = seen(CheckMember).select_related("inspector", "inspector__account", "signed_by")
    return Prefetch("team", queryset=members)


def _proofs(seen: Sight) -> Prefetch[str, QuerySet[OrderProof], str]:
    return Prefetch("proofs", queryset=seen(OrderProof).select_related("sent_by", "looked_by"))


def _late(on: date) -> Q:
    return Q(state__in=TO_FILL, due_on__lt=on)


def _unpublished() -> Q:
    return Q(recorded_on__isnull=False, published_on__isnull=True) & ~Q(state=CheckState.VOID)
