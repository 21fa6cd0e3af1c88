"""Of which city a workbook of the ledger is: its keeper, where a person works for several cities."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.adapters.records.models import Organisation, Place
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.permission import Action, Actor, reaches
from shuiheng.services.scope import city_above


def book_cities(actor: Actor, action: Action) -> Sequence[Place]:
    """Return the cities for whose ledger an actor may do `action`, each once, in the order of their keys."""
    found = {city.pk: city for city, _ in _keepers(actor, action)}
    return [found[key] for key in sorted(found)]


def keeper_of_book(actor: Actor, action: Action, city: int | None) -> tuple[Place, Organisation]:
    """Return the city of a workbook and the organisation in whose name an actor exports or sends it.

    Args:
        actor: Who does `action`.
        action: What is to be done with the ledger.
        city: Key of the city; None where the actor has one only.

    Raises:
        ServiceError: `ledger_book.city_needed`, there are several.
        NotThereError: It is none of the actor's.
    """
    found: dict[int, tuple[Place, Organisation]] = {}
    for place, unit in _keepers(actor, action):
        found.setdefault(place.pk, (place, unit))
    if city is None and len(found) > 1:
        raise ServiceError("ledger_book.city_needed")
    key = next(iter(found), None) if city is None else city
    if key not in found:
        raise NotThereError(f"place:{city}")
    return found[key]


def _keepers(actor: Actor, action: Action) -> list[tuple[Place, Organisation]]:
    units = [membership.organisation for membership, _ in reaches(actor, action)]
    return [(city_above(unit.place), unit) for unit in units]
