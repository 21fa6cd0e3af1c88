"""Join two ledger entries that are one water user, and part them again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    LedgerDocument,
    Meter,
    MeterFact,
    Site,
    SourceFact,
    UserMerge,
    WaterSource,
    WaterUser,
)
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.ledger.keep_source import next_source_number
from shuiheng.services.ledger.keep_water_user import refuse_taken_code
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

REASON_LENGTH = 300
LONGEST_NUMBER = 40
Moved = dict[str, list[list[Any]]]


def merge_users(actor: Actor, kept: int, merged: int, *, reason: str) -> UserMerge:
    """Join a ledger entry into another: sites, sources, meters and documents move to the one kept.

    What was said of the entry that ends stays with it, and it points to the one kept. Sites and
    sources whose numbers the kept user has already get new ones; the merge remembers the old.

    Args:
        actor: Who does it.
        kept: Key of the user that stays.
        merged: Key of the user that ends.
        reason: Why they are one.

    Raises:
        ServiceError: `ledger.reason_needed`, `ledger.merge_same`, `ledger.merge_cities`,
            `ledger.merged_already`.
        NotThereError, NotPermittedError: One of them is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        heir, ending = _both(account, kept, merged)
        _check(heir, ending, reason)
        moved = _move(ending, heir)
        ending.merged_into = heir
        ending.save(update_fields=["merged_into"])
        merge = UserMerge.objects.create(
            kept=heir, merged=ending, reason=reason.strip()[:REASON_LENGTH], moved=moved, made_by=account
        )
        _write_down(account, "water_user.merged", merge, reason=merge.reason)
    return merge


def undo_merge(actor: Actor, key: int, *, reason: str) -> UserMerge:
    """Part two entries again: what moved goes back under its old number; what came later stays.

    Raises:
        ServiceError: `ledger.reason_needed`; `ledger.merge_order`: the kept user was merged itself;
            `ledger.merge_tied`: something that moved is tied to something that stays;
            `ledger.code_taken`, `ledger.number_taken`: another has what the parted one would have.
        NotThereError, NotPermittedError: It is not the actor's, or was undone already.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        merge = row_for(account, Action.LEDGER_EDIT, UserMerge, lock=True, pk=key, undone_at__isnull=True)
        if not reason.strip():
            raise ServiceError("ledger.reason_needed")
        heir, parted = _both(account, merge.kept_id, merge.merged_id)
        if heir.merged_into_id is not None:
            raise ServiceError("ledger.merge_order", number=heir.number)
        _give_back(merge, parted)
        parted.merged_into = None
        parted.save(update_fields=["merged_into"])
        newest = parted.facts.filter(superseded_at__isnull=True).order_by("-valid_from").first()
        refuse_taken_code(parted.city, newest.credit_code if newest else "", own=parted)
        _refuse_ties(heir, parted)
        merge.undone_by, merge.undone_at = account, timezone.now()
        merge.save(update_fields=["undone_by", "undone_at"])
        _write_down(account, "water_user.parted", merge, reason=reason.strip()[:REASON_LENGTH])
    return merge


def _both(account: Account, first: int, second: int) -> tuple[WaterUser, WaterUser]:
    """Return two users of the actor's, their rows locked in one order whichever comes first."""
    locked = {
        key: row_for(account, Action.LEDGER_EDIT, WaterUser, lock=True, pk=key)
        for key in sorted({first, second})
    }
    return locked[first], locked[second]


def _check(heir: WaterUser, ending: WaterUser, reason: str) -> None:
    if not reason.strip():
        raise ServiceError("ledger.reason_needed")
    if heir.pk == ending.pk:
        raise ServiceError("ledger.merge_same", number=heir.number)
    if heir.city_id != ending.city_id:
        raise ServiceError("ledger.merge_cities", kept=heir.city.name, merged=ending.city.name)
    for each in (heir, ending):
        if each.merged_into_id is not None:
            raise ServiceError("ledger.merged_already", number=each.number)


def _move(ending: WaterUser, heir: WaterUser) -> Moved:
    """Move everything of one user to another; return each key with its number before."""
    moved: Moved = {name: [] for name in ("sites", "sources", "meters", "documents")}
    taken = set(heir.sites.values_list("number", flat=True))
    for site in ending.sites.select_for_update(of=("self",)):
        moved["sites"].append([site.pk, site.number])
        site.user, site.number = heir, _free_number(site.number, taken)
        taken.add(site.number)
        site.save(update_fields=["user", "number"])
    known = set(heir.sources.values_list("number", flat=True))
    for source in ending.sources.select_for_update(of=("self",)):
        moved["sources"].append([source.pk, source.number])
        number = next_source_number(heir) if source.number in known else source.number
        source.user, source.number = heir, number
        known.add(number)
        source.save(update_fields=["user", "number"])
    moved["meters"] = [[key] for key in ending.meters.values_list("pk", flat=True)]
    moved["documents"] = [[key] for key in ending.documents.values_list("pk", flat=True)]
    ending.meters.update(user=heir)
    ending.documents.update(user=heir)
    return moved


def _free_number(number: str, taken: set[str]) -> str:
    """Return a number that nobody has: itself, or itself with the first free ending."""
    found, ending = number, 2
    while found in taken:
        mark = f"-{ending}"
        found, ending = f"{number[: LONGEST_NUMBER - len(mark)]}{mark}", ending + 1
    return found


def _give_back(merge: UserMerge, parted: WaterUser) -> None:
    for table, name in ((Site, "sites"), (WaterSource, "sources")):
        for key, number in merge.moved.get(name, ()):
            row = _still_there(table._default_manager.filter(pk=key, user=merge.kept_id), table.__name__, key)
            if table._default_manager.filter(user=parted, number=number).exists():
                raise ServiceError("ledger.number_taken", number=number)
            row.user, row.number = parted, number
            row.save(update_fields=["user", "number"])
    for name, rows in (("meters", Meter.objects.all()), ("documents", LedgerDocument.objects.all())):
        keys = [key for (key,) in merge.moved.get(name, ())]
        rows.filter(pk__in=keys, user=merge.kept_id).update(user=parted)


def _still_there(rows: QuerySet[Any], table: str, key: int) -> Any:
    row = rows.first()
    if row is None:
        raise NotThereError(f"{table}:{key}")
    return row


def _refuse_ties(heir: WaterUser, parted: WaterUser) -> None:
    """Refuse to part users when a belief that stands ties something of one to something of the other."""
    both = [heir.pk, parted.pk]
    meters = MeterFact.objects.filter(subject__user__in=both, superseded_at__isnull=True)
    crossing = Q()
    for name in ("site", "source", "parent"):
        crossing |= Q(**{f"{name}__isnull": False}) & ~Q(**{f"{name}__user": F("subject__user")})
    sources = SourceFact.objects.filter(
        subject__user__in=both, superseded_at__isnull=True, site__isnull=False
    ).exclude(site__user=F("subject__user"))
    tied = meters.filter(crossing).first() or sources.first()
    if tied is not None:
        raise ServiceError("ledger.merge_tied", number=tied.subject.number)


def _write_down(account: Account, action: str, merge: UserMerge, *, reason: str) -> None:
    record_event(
        account,
        action,
        subject=f"water_user:{merge.merged_id}",
        place=merge.kept.city,
        reason=reason,
        before={"number": merge.merged.number},
        after={"number": merge.merged.number, "into": merge.kept.number, "merge": merge.pk}
        | {name: [row[0] for row in rows] for name, rows in merge.moved.items()},
    )
