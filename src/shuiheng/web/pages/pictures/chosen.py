"""Which city, place and year a picture is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_pictures import drawn_cities, drawn_places, told_years
from shuiheng.adapters.records.sight import Sight
from shuiheng.web.fields import key_of

TOTAL = "use_total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a picture is drawn for.

    Args:
        city: The city.
        cities: All cities that can be chosen.
        places: What is in sight of the city: itself, then its districts.
        year: The year.
        years: All years that can be chosen, the newest first.
    """

    city: Place
    cities: Sequence[Place]
    places: Sequence[Place]
    year: int
    years: Sequence[int]

    @property
    def districts(self) -> Sequence[Place]:
        """Return the districts that are in sight."""
        return [place for place in self.places if place.pk != self.city.pk]


def chosen_in(
    seen: Sight, asked: Mapping[str, str], *, fact: str = TOTAL, with_running: bool = False
) -> Chosen | None:
    """Return what is asked for, else the newest whole year of the first city; None where there is no city.

    Args:
        seen: What the reader may see.
        asked: The fields of the address.
        fact: The fact by which years are offered.
        with_running: Whether a year is offered, too, of which only the first months are told.
    """
    cities = drawn_cities(seen)
    if not cities:
        return None
    wanted = key_of(asked, "city")
    city = next((each for each in cities if each.pk == wanted), cities[0])
    places = drawn_places(seen, city)
    whole = told_years(seen, places, fact) or [timezone.localdate().year - 1]
    running = told_years(seen, places, fact, is_whole=False) if with_running else ()
    years = sorted({*whole, *running}, reverse=True)
    year = key_of(asked, "year")
    return Chosen(
        city=city, cities=cities, places=places, year=year if year in years else whole[0], years=years
    )


def chosen_place(chosen: Chosen, asked: Mapping[str, str]) -> Place | None:
    """Return the place that is asked for, else the first in sight; None where nothing is in sight."""
    wanted = key_of(asked, "place")
    first = chosen.places[0] if chosen.places else None
    return next((each for each in chosen.places if each.pk == wanted), first)
