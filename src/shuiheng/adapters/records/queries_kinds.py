"""Versions of kinds of programmes that a city wrote."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.adapters.records.models import LocalKind, Place
from shuiheng.adapters.records.sight import Sight


def versions_of(seen: Sight, city: Place, kind: str = "") -> Sequence[LocalKind]:
    """Return the versions that a city wrote of one kind or of all, the newest first."""
    rows = seen(LocalKind).filter(place=city)
    if kind:
        rows = rows.filter(kind=kind)
    return list(rows.select_related("proposed_by", "decided_by", "withdrawn_by", "place"))


def version_in_sight(seen: Sight, key: int) -> LocalKind | None:
    """Return a version with who proposed, decided and withdrew it, or None."""
    linked = ("place", "proposed_by", "decided_by", "withdrawn_by")
    return seen(LocalKind).select_related(*linked).filter(pk=key).first()
