"""What cases are about (事项对象), and a fact of it as it is known, with where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.rules.conditions import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a case is about.

    Args:
        key: By what it is told apart from all others of the city.
        name: Its name.
        sort: Word of what it is, such as `water_user` or `park`.
        user: Key of the water user that it is or belongs to, or None.
        project: Key of a registered project, or None.
        organisation: Key of the organisation, or None.
        place: Key of the place that it is, for areas, or None.
        district: Key of the place in which it lies, or None.
    """

    key: str
    name: str
    sort: str
    user: int | None = None
    project: int | None = None
    organisation: int | None = None
    place: int | None = None
    district: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactValue:
    """A fact with where it came from.

    Args:
        value: What it is, in the form that conditions take; None when it is not known.
        source: In Chinese, where it came from, or why it is not known.
        on: The day as of which it holds, or None.
        is_estimated: Whether a part of it was estimated.
    """

    value: Decimal | str | bool | None
    source: str
    on: date | None = None
    is_estimated: bool = False


def known_facts(facts: Mapping[str, FactValue]) -> dict[str, Known]:
    """Return facts as conditions take them; what is not known is left out, which is not false and not 0."""
    return {
        name: Known(value=fact.value, origin=fact.source)
        for name, fact in facts.items()
        if fact.value is not None
    }
