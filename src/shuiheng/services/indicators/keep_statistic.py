"""Enter facts of years, and confirm them as a second person; what was confirmed is only ever superseded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    WHOLE_YEAR,
    Account,
    CollectedUnder,
    Organisation,
    Place,
    Statistic,
    StatisticState,
)
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.services.cases.scope_meanings import parts_said
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.indicators.statistic_value import value_fault
from shuiheng.services.permission import Action, Actor, reaches, require
from shuiheng.services.scope import city_above, row_for, scope

FIRST_YEAR = 1949
LONGEST = {"member": 60, "source": 200, "page": 120, "revision": 60, "batch": 64, "reason": 300}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticFields:
    """A fact of a year as it is entered (统计数据).

    Args:
        fact: Id of the fact.
        year: The year.
        value: Its value in the unit of the fact.
        source: Document from which it comes.
        page: Where it stands there.
        member: Of what part it speaks; empty for the whole.
        revision: Census or yearbook by which the series was revised.
        estimated_share: Which share of it was estimated.
        collected_under: By which right it was collected.
        through: The last month of the year of which it speaks, 12 for all of it.
    """

    fact: str
    year: int
    value: Decimal
    source: str
    page: str = ""
    member: str = ""
    revision: str = ""
    estimated_share: Decimal = Decimal(0)
    collected_under: CollectedUnder = CollectedUnder.ADMINISTRATION
    through: int = WHOLE_YEAR


def enter_statistics(
    actor: Actor, place: int, fields: Sequence[StatisticFields], *, batch: str = ""
) -> list[Statistic]:
    """Enter facts of a place, all or none; each takes the place of one that waits to be confirmed.

    Args:
        actor: Who enters them.
        place: Key of the city or district of which they speak.
        fields: The facts.
        batch: Hash of the workbook from which they come, or nothing.

    Raises:
        ServiceError: `statistics.no_fact`, `statistics.bad_year`, `statistics.bad_value`,
            `statistics.index_odd`, `statistics.not_whole`, `statistics.bad_month`,
            `statistics.source_missing`, `statistics.member_missing`, `statistics.twice`.
        NotThereError, NotPermittedError: The place is not the actor's.
    """
    account = require(actor, Action.FIGURES_KEEP)
    with transaction.atomic():
        found = _place(account, place)
        hold_places([found.pk])
        seen: set[tuple[str, int, int, str]] = set()
        parts = parts_said([found.pk]) if any(each.member for each in fields) else frozenset()
        for each in fields:
            _refuse_bad(each, parts)
            key = (each.fact, each.year, each.through, each.member.strip())
            if key in seen:
                raise ServiceError("statistics.twice", fact=each.fact, year=str(each.year))
            seen.add(key)
        unit = _unit(account, found)
        rows = [_row(account, found, each, unit=unit, batch=batch) for each in fields]
        ended = _supersede(rows, StatisticState.ENTERED)
        Statistic.objects.bulk_create(rows, batch_size=500)
        _tell(account, rows, "statistics.entered", ended=ended)
    return rows


def decide_statistics(
    actor: Actor, keys: Sequence[int], *, is_confirmed: bool, reason: str = ""
) -> list[Statistic]:
    """Confirm entered facts as a second person, or refuse them with a reason; all or none.

    Raises:
        ServiceError: `statistics.own_entry`; `statistics.wrong_state`; `statistics.reason_needed`.
        NotThereError, NotPermittedError: One is not there, or not the actor's.
    """
    account = require(actor, Action.FIGURES_REVIEW)
    words = reason.strip()[: LONGEST["reason"]]
    if not is_confirmed and not words:
        raise ServiceError("statistics.reason_needed")
    with transaction.atomic():
        rows = _locked(account, keys)
        for row in rows:
            if row.state != StatisticState.ENTERED or row.superseded_at is not None:
                raise ServiceError("statistics.wrong_state", fact=row.fact, year=str(row.year))
            if row.entered_by_id == account.pk:
                raise ServiceError("statistics.own_entry", fact=row.fact, year=str(row.year))
        ended = _supersede(rows, StatisticState.CONFIRMED) if is_confirmed else []
        state = StatisticState.CONFIRMED if is_confirmed else StatisticState.REFUSED
        _change(rows, state=state, decided_by=account, decided_at=timezone.now(), reason=words)
        done = "confirmed" if is_confirmed else "refused"
        _tell(account, rows, f"statistics.{done}", ended=ended, reason=words)
    return rows


def withdraw_entered(
    account: Account, rows: Sequence[Statistic], *, restored: Sequence[int] = (), reason: str
) -> None:
    """Take back facts that wait to be confirmed, inside the transaction of the caller.

    Args:
        account: Who takes them back.
        rows: The facts; they stand as entered.
        restored: Keys of facts that waited before them and do so again.
        reason: Why.
    """
    _change(rows, superseded_at=timezone.now(), reason=reason[: LONGEST["reason"]])
    Statistic.objects.filter(pk__in=restored).update(superseded_at=None)
    _tell(account, rows, "statistics.withdrawn", ended=restored, reason=reason)


def hold_places(keys: Collection[int]) -> None:
    """Let nobody else enter or decide on facts of some places until the transaction of the caller ends.

    Two who enter the same fact at once, or one who enters while another confirms, come one after the other.

    Args:
        keys: Keys of the places.
    """
    list(Place.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").values_list("pk"))


def _place(account: Account, key: int) -> Place:
    """Return the place of which somebody may enter facts: one within reach, or that of the own unit."""
    own = [unit.place for unit in _units(account) if unit.place_id == key]
    return own[0] if own else row_for(account, Action.FIGURES_KEEP, Place, pk=key)


def _unit(account: Account, place: Place) -> Organisation | None:
    """Return in whose name somebody enters: the organisation of the place or its city, else the first."""
    units = _units(account)
    near = [unit for unit in units if unit.place_id in (place.pk, city_above(place).pk)]
    return next(iter([*near, *units]), None)


def _units(account: Account) -> list[Organisation]:
    """Return the organisations for which somebody may enter facts; others may be looked at only."""
    return [membership.organisation for membership, _ in reaches(account, Action.FIGURES_KEEP)]


def _row(
    account: Account, place: Place, fields: StatisticFields, *, unit: Organisation | None, batch: str
) -> Statistic:
    return Statistic(
        place=place,
        city=city_above(place),
        organisation=unit,
        fact=fields.fact,
        year=fields.year,
        through_month=fields.through,
        member=fields.member.strip()[: LONGEST["member"]],
        value=fields.value,
        source=fields.source.strip()[: LONGEST["source"]],
        page=fields.page.strip()[: LONGEST["page"]],
        revision=fields.revision.strip()[: LONGEST["revision"]],
        estimated_share=fields.estimated_share,
        collected_under=fields.collected_under,
        batch=batch[: LONGEST["batch"]],
        entered_by=account,
        entered_at=timezone.now(),
    )


def _refuse_bad(fields: StatisticFields, parts: frozenset[str]) -> None:
    book = indicator_book()
    named = {"fact": fields.fact, "year": str(fields.year)}
    if book.origins.get(fields.fact, "calendar") == "calendar":
        raise ServiceError("statistics.no_fact", fact=fields.fact)
    if not FIRST_YEAR <= fields.year <= timezone.localdate().year:
        raise ServiceError("statistics.bad_year", **named)
    refuse_month(fields.fact, fields.year, fields.through)
    fault = value_fault(book.facts[fields.fact], fields.value)
    if fault:
        raise ServiceError(fault, **named, value=f"{fields.value:f}"[: LONGEST["member"]])
    if not 0 <= fields.estimated_share <= 1:
        raise ServiceError("statistics.bad_value", **named)
    if not fields.source.strip():
        raise ServiceError("statistics.source_missing", **named)
    if not may_have_member(fields.fact, fields.member.strip(), parts):
        raise ServiceError("statistics.member_missing", **named)


def may_have_member(fact: str, member: str, parts: frozenset[str]) -> bool:
    """Return whether a fact can be told of a class, of a part of the city, or of the whole.

    Args:
        fact: Id of the fact.
        member: The class or the part; empty for the whole.
        parts: Parts of the city that have statistics of their own.
    """
    is_by_class = indicator_book().facts[fact].is_by_member
    return bool(member) if is_by_class else not member or member in parts


def refuse_month(fact: str, year: int, through: int) -> None:
    """Refuse a part of a year that no fact can speak of: it is not over, or the fact is an index.

    Raises:
        ServiceError: `statistics.bad_month`.
    """
    today = timezone.localdate()
    is_over = year < today.year or through == WHOLE_YEAR or (year == today.year and through < today.month)
    is_whole = through == WHOLE_YEAR or not indicator_book().facts[fact].is_index
    if not (1 <= through <= WHOLE_YEAR and is_over and is_whole):
        raise ServiceError("statistics.bad_month", fact=fact, year=str(year), month=str(through))


def _locked(account: Account, keys: Sequence[int]) -> list[Statistic]:
    """Return the rows with these keys, held until the transaction ends.

    Raises:
        NotThereError: One is not there, or not within what the account decides.
    """
    wanted = set(keys)
    mine = scope(account, Action.FIGURES_REVIEW, Statistic).filter(pk__in=wanted)
    hold_places(set(mine.values_list("place", flat=True)))
    rows = list(mine.select_related("city").select_for_update(of=("self",)).order_by("pk"))
    if len(rows) != len(wanted):
        raise NotThereError(f"statistic:{sorted(wanted - {row.pk for row in rows})}")
    return rows


def _change(rows: Sequence[Statistic], **values: Any) -> None:
    """Give the same values to all of some rows, here and in the table."""
    for row in rows:
        for name, value in values.items():
            setattr(row, name, value)
    Statistic.objects.filter(pk__in=[row.pk for row in rows]).update(**values)


def _supersede(rows: Sequence[Statistic], state: StatisticState) -> list[int]:
    """Let what stood in this state end, of the facts that these rows tell; return its keys."""
    told = {row.key for row in rows}
    standing = Statistic.objects.filter(
        place__in={row.place_id for row in rows},
        fact__in={row.fact for row in rows},
        year__in={row.year for row in rows},
        state=state,
        superseded_at__isnull=True,
    )
    ended = [row.pk for row in standing if row.key in told]
    Statistic.objects.filter(pk__in=ended).update(superseded_at=timezone.now())
    return ended


def _tell(
    account: Account, rows: Sequence[Statistic], action: str, *, ended: Sequence[int], reason: str = ""
) -> None:
    if not rows:
        return
    record_event(
        account,
        action,
        subject=f"place:{rows[0].place_id}",
        place=rows[0].city,
        reason=reason,
        after={
            "rows": sorted({*(row.pk for row in rows), *ended}),
            "facts": sorted({f"{row.fact}:{row.year}" for row in rows}),
        },
    )
