"""People of a unit that ends: their roles go to its heir where they fit there, the others end."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Membership, Organisation
from shuiheng.services.end_sessions import end_sessions
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.role_separation import is_administrators, is_fit


@transaction.atomic
def move_memberships(actor: Account, ending: Organisation, heir: Organisation | None, *, basis: str) -> None:
    """End every role in a unit today, and open it in the heir when people there hold such a role.

    The use case that calls it has asked for the right. Each role that
    ends and each that begins is an event of the person. Roles are not moved on an earlier day:
    what was done under them until today was allowed. Who keeps no role in the heir is signed out.

    Raises:
        ServiceError: `accounts.unit_has_administrators`; only the security administrator ends
            the role of an administrator.
    """
    today = timezone.localdate()
    held = Membership.objects.filter(Q(to_on__isnull=True) | Q(to_on__gt=today), organisation=ending)
    rows = list(held.select_for_update(of=("self",)).select_related("account").order_by("pk"))
    if any(is_administrators(row.role) for row in rows):
        raise ServiceError("accounts.unit_has_administrators", unit=ending.name)
    for row in rows:
        start, until = max(today, row.from_on), row.to_on
        row.to_on = start
        row.save(update_fields=["to_on"])
        _tell(actor, "membership.withdrawn", row, basis)
        if heir is None or not is_fit(heir, row.role):
            end_sessions(row.account)
        elif made := _given(row, heir, start, until, by=actor):
            _tell(actor, "membership.granted", made, basis)


def _given(
    row: Membership, heir: Organisation, start: date, until: date | None, *, by: Account
) -> Membership | None:
    """Give a person a role in the heir for some days; None when the heir gives it for all of them."""
    same = Membership.objects.filter(account=row.account, organisation=heir, role=row.role)
    lasting = same.filter(to_on__isnull=True).first()
    if lasting is not None:
        until = min(until or lasting.from_on, lasting.from_on)
    if until is not None:
        covering = same.filter(from_on__lte=start, to_on__gte=until)
        if until <= start or covering.exists():
            return None
    return Membership.objects.create(
        account=row.account, organisation=heir, role=row.role, from_on=start, to_on=until, granted_by=by
    )


def _tell(actor: Account, action: str, row: Membership, basis: str) -> None:
    record_event(
        actor,
        action,
        subject=f"account:{row.account_id}",
        place=row.organisation.place,
        organisation=row.organisation,
        reason=basis,
        after={
            "role": row.role,
            "from_on": row.from_on.isoformat(),
            "to_on": row.to_on.isoformat() if row.to_on else None,
        },
    )
