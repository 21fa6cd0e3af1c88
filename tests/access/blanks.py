"""Values for the blanks of an address, by what the rulebook says they name."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model

from access.world import OFFICE, City
from shuiheng.adapters.records import models as tables
from shuiheng.services.plan_at_work import plan_at_work

MISSING_KEY = 900_000_001
MISSING_WORD = "no-such-thing"


def _item_token(city: City, unit: str) -> str:
    from shuiheng.web.pages.reading.marks import item_token

    version = tables.PlanVersion.objects.get(pk=city.row(tables.PlanVersion, unit).pk)
    return str(item_token("target", plan_at_work(version).decided.plan.targets[0].id))


def _feed_token(city: City, unit: str) -> str:
    from shuiheng.web.pages.calendar.views import feed_token

    return feed_token(city.row(tables.Account, unit))


MADE: dict[str, Callable[[City, str], str]] = {"item_token": _item_token, "feed_token": _feed_token}


def table_of(blank: str) -> type[Model] | None:
    """Return the table whose row a blank names, or None for a plain or a made word."""
    name = blank.partition(".")[0]
    return None if blank[:1] in "=@" else getattr(tables, name)


def value(blank: str, city: City | None, unit: str = OFFICE) -> str:
    """Return the value of a blank in a city, or one that names nothing when there is no city."""
    if blank.startswith("="):
        return blank[1:]
    if blank.startswith("@"):
        return MADE[blank[1:]](city, unit) if city else MISSING_WORD
    table, field = table_of(blank), blank.partition(".")[2]
    if city is None or table is None:
        return MISSING_WORD if field and field != "sequence" else str(MISSING_KEY)
    return str(getattr(city.row(table, unit), field or "pk"))
