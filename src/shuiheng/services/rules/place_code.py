"""The code of a city (行政区划代码), by which the values of its province and of itself are found."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db import transaction
from django.db.models import prefetch_related_objects

from shuiheng.adapters.records.models import Place
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, row_for

CODE = re.compile(r"\d{6}")


def set_place_code(actor: Actor, city: int, code: str) -> Place:
    """Write down the code of a city by GB/T 2260, six digits.

    Raises:
        ServiceError: `rules.bad_place_code`.
        NotThereError, NotPermittedError: The city is not the actor's.
    """
    account = require(actor, Action.RULES_PROPOSE)
    if not CODE.fullmatch(code.strip()) or code.strip().startswith("00"):
        raise ServiceError("rules.bad_place_code", given=code.strip()[:12])
    with transaction.atomic():
        place = row_for(account, Action.RULES_PROPOSE, Place, lock=True, pk=city)
        if city_above(place).pk != place.pk:
            raise NotThereError(f"place:{city}")
        before, place.code = place.code, code.strip()
        if before != place.code:
            place.save(update_fields=["code"])
            record_event(
                account,
                "place.coded",
                subject=f"place:{place.pk}",
                place=place,
                before={"code": before},
                after={"code": place.code},
            )
    return place


def district_names(city: Place) -> Mapping[str, str]:
    """Return the districts of a city that have a code, by it; they are looked up once for each `city`."""
    prefetch_related_objects([city], "children")
    rows = [each for each in city.children.all() if each.to_on is None and each.code]
    return {each.code: each.name for each in sorted(rows, key=lambda each: (each.order, each.pk))}
