"""The kinds of programmes of a city as they stand (事项类别)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.errors import NotThereError


def kinds_of(place: Place, on: date) -> Mapping[str, ProgrammeKind]:
    """Return the kinds under which cases of a place are opened on a day, by id."""
    return shipped_programmes()


def kind_version(place: Place, kind: str, version: int) -> ProgrammeKind:
    """Return the version of a kind under which a case of a place was opened.

    Raises:
        NotThereError: There is no such kind or version.
    """
    found = shipped_programmes().get(kind)
    if found is None or found.version != version:
        raise NotThereError(f"programme_kind:{kind}:{version}")
    return found
