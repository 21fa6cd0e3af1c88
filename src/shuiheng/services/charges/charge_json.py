"""A charge as JSON: what it comes to, how it stands, and its derivation, as the page shows it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import Charge


def charge_line(charge: Charge) -> dict[str, Any]:
    """Return a charge without its derivation; numbers are exact and given as text, unknown ones as null."""
    return {
        "id": charge.pk,
        "run": charge.run_id,
        "kind": charge.run.kind,
        "first": charge.run.first.isoformat(),
        "last": charge.run.last.isoformat(),
        "user": charge.user_id,
        "user_number": charge.user.number,
        "user_name": charge.user.organisation.name,
        "source": charge.source_id,
        "volume_m3": _text(charge.volume_m3),
        "limit_m3": _text(charge.limit_m3),
        "estimated_share": _text(charge.estimated_share),
        "amount_yuan": _text(charge.amount_yuan),
        "is_trial": charge.is_trial,
        "state": charge.state,
        "number": charge.number,
        "due_on": None if charge.due_on is None else charge.due_on.isoformat(),
        "reverses": charge.reverses_id,
    }


def charge_json(charge: Charge) -> dict[str, Any]:
    """Return a charge with its derivation and its findings."""
    return charge_line(charge) | {
        "derivation": charge.derivation or None,
        "findings": charge.findings,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
