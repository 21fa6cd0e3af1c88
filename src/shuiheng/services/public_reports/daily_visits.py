"""Count what an address sends and asks in a day, without keeping the address."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date
from typing import Literal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import PublicVisitor
from shuiheng.services.errors import ServiceError
from shuiheng.services.login_attempts import network_of

SALT_BYTES = 16
Count = Literal["reports", "lookups"]


def count_visit(address: str, what: Count, *, limit: int) -> None:
    """Count one thing that an address did today; what is refused is not counted.

    The address is known by a digest with a salt of the day. On the next day both are deleted, so that
    nobody can say afterwards who sent what.

    Args:
        address: The address of the visitor.
        what: A report, or a look-up.
        limit: How many are allowed in a day.

    Raises:
        ServiceError: `public_reports.too_many`, so many were done before.
    """
    today = timezone.localdate()
    with transaction.atomic():
        PublicVisitor.objects.filter(day__lt=today).delete()
        mark = _mark(today, address)
        PublicVisitor.objects.bulk_create([PublicVisitor(day=today, mark=mark)], ignore_conflicts=True)
        row = PublicVisitor.objects.select_for_update().get(day=today, mark=mark)
        if getattr(row, what) >= limit:
            raise ServiceError("public_reports.too_many", limit=str(limit))
        setattr(row, what, getattr(row, what) + 1)
        row.save(update_fields=[what])


def _mark(day: date, address: str) -> str:
    fresh = PublicVisitor(day=day, mark="", salt=secrets.token_hex(SALT_BYTES))
    PublicVisitor.objects.bulk_create([fresh], ignore_conflicts=True)
    salt = PublicVisitor.objects.get(day=day, mark="").salt
    return hashlib.sha256(f"{salt}\n{network_of(address)}".encode()).hexdigest()
