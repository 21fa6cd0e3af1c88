"""Versions of kinds that a city writes: proposed by one person, decided by another, never changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from shuiheng.adapters.records.models import Account, LocalKind, LocalKindState, Place
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.succession import dropped_by
from shuiheng.services.errors import NotThereError, ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.kinds.kinds_now import FIRST_LOCAL, kinds_of, read_version
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

MOST_TEXT, WORDS = 60_000, 300


class BadKindTextError(ServiceError):
    """The text of a kind breaks a rule; `fault` says in which line, and what to write instead."""

    def __init__(self, fault: RulebookError) -> None:
        super().__init__("kinds.bad_text", line=str(fault.line), reason=fault.reason, remedy=fault.remedy)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedKind:
    """What an officer proposes (事项类别修订建议).

    Args:
        kind: Id of a shipped kind.
        valid_from: First day on which cases are opened under it.
        text: The whole kind, as YAML.
        reason: Why it is proposed.
    """

    kind: str
    valid_from: date
    text: str
    reason: str


def kind_of_text(city: Place, wanted: ProposedKind) -> ProgrammeKind:
    """Return the kind that a proposed text says.

    Raises:
        BadKindTextError: The text breaks a rule.
        ServiceError: `kinds.text_too_long`; `kinds.begins_early`; `kinds.drops_…`: it lacks what cases of
            all versions are counted by; `kinds.unchanged`: it says what stands.
    """
    shipped = shipped_programmes()[wanted.kind]
    if len(wanted.text) > MOST_TEXT:
        raise ServiceError("kinds.text_too_long", most=str(MOST_TEXT))
    if wanted.valid_from < shipped.valid_from:
        raise ServiceError("kinds.begins_early", day=shipped.valid_from.isoformat())
    try:
        found = read_version(_plain(wanted.text), wanted.kind, FIRST_LOCAL, wanted.valid_from)
    except RulebookError as error:
        raise BadKindTextError(error) from error
    _refuse_beside(city, found)
    return found


def propose_kind(actor: Actor, city: int, wanted: ProposedKind) -> LocalKind:
    """Write down a proposed version; it counts only when another person has accepted it.

    Raises:
        BadKindTextError, ServiceError: As in `kind_of_text`; `kinds.reason_needed`.
        NotThereError, NotPermittedError: The kind or the city is not there, or not the actor's.
    """
    account = require(actor, Action.RULES_PROPOSE)
    place = row_for(account, Action.RULES_PROPOSE, Place, pk=city)
    if city_above(place).pk != place.pk or wanted.kind not in shipped_programmes():
        raise NotThereError(f"programme_kind:{wanted.kind}")
    if not wanted.reason.strip():
        raise ServiceError("kinds.reason_needed")
    kind_of_text(place, wanted)
    with transaction.atomic():
        Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
        known = LocalKind.objects.filter(place=place, kind=wanted.kind)
        last = known.aggregate(last=Max("version"))["last"]
        row = LocalKind.objects.create(
            place=place,
            kind=wanted.kind,
            version=FIRST_LOCAL if last is None else last + 1,
            based_on=shipped_programmes()[wanted.kind].version,
            valid_from=wanted.valid_from,
            text=_plain(wanted.text),
            reason=wanted.reason.strip()[:WORDS],
            proposed_by=account,
            proposed_at=timezone.now(),
        )
        _tell(account, "local_kind.suggested", row, reason=row.reason)
    return row


def decide_kind(actor: Actor, key: int, *, is_accepted: bool, words: str = "") -> LocalKind:
    """Accept a proposed version, under which cases are opened from its first day on, or refuse it.

    Raises:
        BadKindTextError, ServiceError: What stands has changed since, as in `kind_of_text`;
            `kinds.own_proposal`: the actor proposed it; `kinds.reason_needed`: it is refused without words.
        WrongStateError: It was decided or withdrawn.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.RULES_REVIEW)
    with transaction.atomic():
        row = row_for(account, Action.RULES_REVIEW, LocalKind, lock=True, pk=key)
        if row.state != LocalKindState.PROPOSED:
            raise WrongStateError(row.state)
        if row.proposed_by_id == account.pk:
            raise ServiceError("kinds.own_proposal")
        if not is_accepted and not words.strip():
            raise ServiceError("kinds.reason_needed")
        if is_accepted:
            Place.objects.select_for_update(of=("self",)).get(pk=row.place_id)
            kind_of_text(row.place, proposed_of(row))
        row.state = LocalKindState.ACCEPTED if is_accepted else LocalKindState.REFUSED
        row.decided_by, row.decided_at = account, timezone.now()
        row.decision = words.strip()[:WORDS]
        row.save(update_fields=["state", "decided_by", "decided_at", "decision"])
        _tell(account, f"local_kind.{row.state}", row, reason=row.decision)
    return row


def withdraw_kind(actor: Actor, key: int, *, reason: str) -> LocalKind:
    """Withdraw a version with a reason: a proposal by who may propose, an accepted one by a reviewer.

    Cases that were opened under it keep it; new ones are opened under what stood before.

    Raises:
        ServiceError: `kinds.reason_needed`.
        WrongStateError: It was refused or withdrawn.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    with transaction.atomic():
        row = LocalKind.objects.filter(pk=key).first()
        is_open = row is not None and row.state == LocalKindState.PROPOSED
        action = Action.RULES_PROPOSE if is_open else Action.RULES_REVIEW
        account = require(actor, action)
        row = row_for(account, action, LocalKind, lock=True, pk=key)
        if row.state not in (LocalKindState.PROPOSED, LocalKindState.ACCEPTED):
            raise WrongStateError(row.state)
        if not reason.strip():
            raise ServiceError("kinds.reason_needed")
        row.state = LocalKindState.WITHDRAWN
        row.withdrawn_by, row.withdrawn_at = account, timezone.now()
        row.withdraw_reason = reason.strip()[:WORDS]
        row.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdraw_reason"])
        _tell(account, "local_kind.withdrawn", row, reason=row.withdraw_reason)
    return row


def proposed_of(row: LocalKind) -> ProposedKind:
    """Return what a version proposes."""
    return ProposedKind(kind=row.kind, valid_from=row.valid_from, text=row.text, reason=row.reason)


def _refuse_beside(city: Place, found: ProgrammeKind) -> None:
    before = kinds_of(city, found.valid_from)[found.id]
    if replace(found, version=before.version, valid_from=before.valid_from) == before:
        raise ServiceError("kinds.unchanged")
    for each in dropped_by(before, found):
        raise ServiceError(f"kinds.drops_{each.sort}", name=each.name)


def _plain(text: str) -> str:
    """Return a text with the line ends that all computers know, and one at its end."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n") + "\n"


def _tell(account: Account, action: str, row: LocalKind, *, reason: str) -> None:
    record_event(
        account,
        action,
        subject=f"local_kind:{row.pk}",
        place=row.place,
        reason=reason,
        after={
            "kind": row.kind,
            "number": str(row.version),
            "valid_from": row.valid_from.isoformat(),
            "state": row.state,
        },
    )
