"""The unit in whose name a document is signed."""

from __future__ import annotations

from shuiheng.adapters.records.models import Account


def signing_unit(account: Account | None, place: str) -> str:
    """Return the name of the unit of whoever issued a document, with its city or district before it.

    Args:
        account: Who issued it; None where nobody did.
        place: Name of the city or district.
    """
    membership = (
        account.memberships.select_related("organisation").order_by("pk").first() if account else None
    )
    name = membership.organisation.name if membership else ""
    return name if name.startswith(place) else f"{place}{name}"
