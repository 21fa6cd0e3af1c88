"""Rows of the other city as they stand, and rows that tie the two cities together."""

from __future__ import annotations

from django.db.models import ForeignKey, Model, Q

from access.world import City, World
from shuiheng.adapters.records import models as tables
from shuiheng.services.scope import PATHS

PLACED = {table: paths.place for table, paths in PATHS.items() if paths.place}


def places(city: City) -> list[int]:
    """Return the keys of the places of a city."""
    top = city.row(tables.Place)
    return [top.pk, *tables.Place.objects.filter(parent=top).values_list("pk", flat=True)]


def picture(world: World) -> dict[str, object]:
    """Return every row that belongs to the other city."""
    whose = places(world.other)
    return {table.__name__: sorted(map(repr, rows(table, whose).values_list())) for table in PLACED}


def rows(table: type[Model], whose: list[int]) -> object:
    """Return the rows of a table in these places."""
    return table._default_manager.filter(**{f"{PLACED[table]}__in": whose})


def foreign_ties(world: World) -> list[str]:
    """Return the columns by which a row of one city names a row of the other."""
    own, other = places(world.own), places(world.other)
    found = []
    for table, place in PLACED.items():
        for field in table._meta.concrete_fields:
            if not isinstance(field, ForeignKey) or field.related_model not in PLACED:
                continue
            far = f"{field.name}__{PLACED[field.related_model]}"
            if far == place:
                continue
            crossing = Q(**{f"{place}__in": own, f"{far}__in": other})
            crossing |= Q(**{f"{place}__in": other, f"{far}__in": own})
            if table._default_manager.filter(crossing).exists():
                found.append(f"tied {table.__name__}.{field.name} to the other city")
    return found
