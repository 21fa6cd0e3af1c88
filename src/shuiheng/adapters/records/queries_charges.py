"""Runs of charges, charges with what was paid of them, and the sources that a run computes for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, DecimalField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    Charge,
    ChargeEntry,
    ChargeRun,
    ChargeState,
    OrganisationKind,
    PayerClass,
    PayerClassState,
    Place,
    SourceFact,
    UserFact,
)
from shuiheng.adapters.records.sight import Grain, Sight

LIMIT = 60
MONEY: DecimalField[Decimal, Decimal] = DecimalField(max_digits=20, decimal_places=2)
RELEASED, ASKED = "released", "asked"
DUE, FREE, UNKNOWN, CREDIT, HELD = "due", "free", "unknown", "credit", "held"
OUTCOMES = (DUE, FREE, UNKNOWN, CREDIT, HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedSource:
    """A source of a water user in use on a day, with the classes by which prices are found."""

    key: int
    user: int
    number: str
    kind: str
    price_class: str
    use_class: str
    water_kind: str
    is_supplier: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeFilter:
    """What a list of charges shows; empty fields do not filter.

    Args:
        words: Words in the name or at the start of the number of a user or notice.
        district: Key of a district.
        outcome: `due`, `free`, `unknown`, `credit`, or `held`: due, but waiting for the word of an officer.
        most_first: Whether the largest amount comes first.
    """

    words: str = ""
    district: int | None = None
    outcome: str = ""
    most_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTotals:
    """What a run comes to (核算汇总); what has no amount is counted, not added as 0."""

    count: int
    due: int
    free: int
    unknown: int
    credit: int
    held: int
    amount: Decimal
    volume_m3: Decimal


def sources_on(seen: Sight, city: Place, as_of: AsOf) -> Sequence[UsedSource]:
    """Return the active sources of the open users of a city on a day, merged users left out."""
    users = standing(seen(UserFact), as_of).filter(
        subject__city=city, subject__merged_into__isnull=True, is_open=True
    )
    classes: Mapping[int, str] = dict(users.order_by().values_list("subject_id", "use_class"))
    rows = standing(seen(SourceFact), as_of).filter(subject__user__city=city, is_active=True)
    found = rows.order_by("subject__user__number", "subject_id").values_list(
        "subject_id",
        "subject__user_id",
        "subject__user__number",
        "subject__kind",
        "price_class",
        "water_kind",
        "subject__user__organisation__kind",
    )
    return [
        UsedSource(
            key=key,
            user=user,
            number=number,
            kind=kind,
            price_class=price,
            use_class=classes[user],
            water_kind=water,
            is_supplier=owner == OrganisationKind.SUPPLIER,
        )
        for key, user, number, kind, price, water, owner in found
        if user in classes
    ]


def payer_classes_on(seen: Sight, city: Place, on: date) -> Mapping[int, str]:
    """Return the classes of differential prices that hold in a city on a day, by user."""
    rows = seen(PayerClass).filter(user__city=city, state=PayerClassState.ACCEPTED, valid_from__lte=on)
    return dict(rows.order_by("valid_from", "decided_at", "pk").values_list("user_id", "code"))


def payer_classes(seen: Sight) -> QuerySet[PayerClass]:
    """Return what was asked and decided on classes of payers: what waits first, then the newest."""
    rows = seen(PayerClass).select_related("user__organisation", "document", "asked_by", "decided_by")
    waits = Case(When(state=PayerClassState.ASKED, then=0), default=1)
    return rows.order_by(waits, "-valid_from", "-pk")


def runs_in_sight(seen: Sight) -> QuerySet[ChargeRun]:
    """Return the runs, the newest first."""
    return seen(ChargeRun).select_related("place", "made_by", "reviewed_by", "issued_by")


def charges_in_sight(seen: Sight) -> QuerySet[Charge]:
    """Return the charges with user, run and sums of entries; a payer sees those that were issued only."""
    rows = seen(Charge).select_related("run", "user__organisation__place", "source", "reverses")
    if seen.grain is Grain.METER:
        rows = rows.exclude(state=ChargeState.DRAFT)
    return _with_sums(rows)


def _with_sums(rows: QuerySet[Charge]) -> QuerySet[Charge]:
    """Return charges with `paid`, `waived`, `refunded` and `late`, and how many entries are `waiting`."""
    return rows.annotate(
        paid=_sum_of("payment"),
        waived=_sum_of("waiver"),
        refunded=_sum_of("refund"),
        late=_sum_of("late_fee"),
        waiting=Count("entries", filter=Q(entries__state=ASKED)),
    )


def filtered_charges(seen: Sight, run: ChargeRun, wanted: ChargeFilter) -> QuerySet[Charge]:
    """Return the charges of a run that a filter leaves, by number of the user or by amount."""
    rows = charges_in_sight(seen).filter(run=run, reverses__isnull=True)
    if wanted.district is not None:
        rows = rows.filter(user__organisation__place=wanted.district)
    if wanted.outcome in _OUTCOMES:
        rows = rows.filter(_OUTCOMES[wanted.outcome])
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(
            Q(user__organisation__name__icontains=word)
            | Q(user__number__startswith=word)
            | Q(number__icontains=word)
        )
    if wanted.most_first:
        return rows.order_by(F("amount_yuan").desc(nulls_last=True), "user__number", "pk")
    return rows.order_by("user__number", "pk")


def run_totals(seen: Sight, run: ChargeRun) -> RunTotals:
    """Return what a run comes to, reversals left out."""
    rows = seen(Charge).filter(run=run, reverses__isnull=True).order_by()
    found = rows.aggregate(
        count=Count("pk"),
        **{name: Count("pk", filter=condition) for name, condition in _OUTCOMES.items()},
        amount=Coalesce(
            Sum("amount_yuan", filter=Q(amount_yuan__gt=0)), Value(Decimal(0)), output_field=MONEY
        ),
        volume_m3=Coalesce(Sum("volume_m3"), Value(Decimal(0)), output_field=MONEY),
    )
    return RunTotals(**found)


def issued_charges(seen: Sight) -> QuerySet[Charge]:
    """Return the charges that were issued and stand, with their sums, the earliest due day first."""
    rows = charges_in_sight(seen).filter(state=ChargeState.ISSUED, reverses__isnull=True)
    return rows.order_by("due_on", "user__number", "pk")


def own_charges(seen: Sight) -> QuerySet[Charge]:
    """Return what a payer sees: its issued and reversed charges, the newest first."""
    rows = charges_in_sight(seen).exclude(state=ChargeState.DRAFT)
    return rows.order_by("-issued_at", "-pk")


def charge_in_sight(seen: Sight, key: int) -> Charge | None:
    """Return one charge with its sums, or None."""
    return charges_in_sight(seen).filter(pk=key).first()


def entries_of(seen: Sight, charge: Charge) -> Sequence[ChargeEntry]:
    """Return what happened to a charge, in order."""
    rows = seen(ChargeEntry).filter(charge=charge)
    return list(rows.select_related("asked_by", "released_by", "document"))


def entries_waiting(seen: Sight) -> QuerySet[ChargeEntry]:
    """Return what waits for a second person, the oldest first."""
    rows = seen(ChargeEntry).filter(state=ASKED)
    return rows.select_related("charge__user__organisation", "charge__run", "asked_by", "document")


def _sum_of(kind: str) -> Coalesce:
    """Return the sum of the released entries of a kind."""
    released = Q(entries__state=RELEASED, entries__kind=kind)
    return Coalesce(Sum("entries__amount_yuan", filter=released), Value(Decimal(0)), output_field=MONEY)


_OUTCOMES: Mapping[str, Q] = {
    DUE: Q(amount_yuan__gt=0),
    FREE: Q(amount_yuan=0),
    UNKNOWN: Q(amount_yuan__isnull=True),
    CREDIT: Q(amount_yuan__lt=0),
    HELD: Q(amount_yuan__gt=0, state="draft", is_held=True, word=""),
}
