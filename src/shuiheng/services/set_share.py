"""Give districts their shares of a target; a correction is a new row, the old one stays."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Place, RegisterTarget, TargetShare
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LIMIT = Decimal(10) ** 20


def set_shares(
    actor: Actor, target_key: int, shares: Mapping[int, Decimal | None], *, reason: str = ""
) -> int:
    """Set the shares of places in a target; None takes a share back.

    Args:
        actor: Who sets them.
        target_key: Primary key of the target of the register.
        shares: For the key of each place its share in the unit of the target, or None. Places
            that are not named keep theirs.
        reason: Why; needed when a share that stands is changed.

    Returns:
        How many shares changed.

    Raises:
        ServiceError: A share is below zero or beyond measure, or the reason is missing.
        NotThereError, NotPermittedError: The target or a place is not the actor's.
    """
    account = require(actor, Action.ASSIGN)
    with transaction.atomic():
        target = row_for(account, Action.ASSIGN, RegisterTarget, lock=True, pk=target_key)
        standing = {
            row.place_id: row
            for row in target.shares.filter(superseded_at__isnull=True).select_related("place")
        }
        changed = {key: value for key, value in shares.items() if _value(standing.get(key)) != value}
        if any(key in standing for key in changed) and not reason.strip():
            raise ServiceError("services.reason_needed")
        for key, value in changed.items():
            _set(account, target, key, value, standing.get(key), reason=reason)
    return len(changed)


def _value(share: TargetShare | None) -> Decimal | None:
    return share.value if share is not None else None


def _set(  # noqa: PLR0913  each is named at the call
    account: Account,
    target: RegisterTarget,
    key: int,
    value: Decimal | None,
    standing: TargetShare | None,
    *,
    reason: str,
) -> None:
    place = row_for(account, Action.ASSIGN, Place, pk=key)
    if value is not None and not (value.is_finite() and 0 <= value < LIMIT):
        raise ServiceError("services.share_field", place=place.name)
    if standing is not None:
        standing.superseded_at = timezone.now()
        standing.save(update_fields=["superseded_at"])
    if value is not None:
        TargetShare.objects.create(
            target=target, place=place, value=value, reason=reason.strip()[:300], set_by=account
        )
    record_event(
        account,
        "share.set",
        subject=f"target:{target.pk}",
        place=target.plan.place,
        reason=reason,
        before={"place": place.name, "value": _shown(_value(standing)), "unit": target.unit},
        after={"place": place.name, "value": _shown(value), "unit": target.unit},
    )


def _shown(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
