"""Open the plan of a year (年度用水计划), and say who is in it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import AllowanceRound, MemberList, Organisation, Place
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, reaches, require
from shuiheng.services.scope import city_above, row_for

TITLE_LENGTH = 200
FIRST_YEAR, LAST_YEAR = 2000, 2100


def open_round(
    actor: Actor, city: int, *, year: int, title: str = "", members: int | None = None
) -> AllowanceRound:
    """Open the plan of a year in a city, in the name of the actor's own organisation.

    Args:
        actor: Who does it.
        city: Key of the city.
        year: The year of the plan.
        title: Its title; one is made of the year unless given.
        members: Key of an adopted list of that year or the year before; the rule of the place otherwise.

    Raises:
        ServiceError: `allowances.year`; `allowances.round_there`; `allowances.list_not_adopted`.
        NotThereError, NotPermittedError: The city or the list is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_KEEP)
    place = row_for(account, Action.ALLOWANCES_KEEP, Place, pk=city)
    if city_above(place).pk != place.pk:
        raise NotThereError(f"place:{city}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ServiceError("allowances.year", year=str(year))
    authority = reaches(account, Action.ALLOWANCES_KEEP)[0][0].organisation
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(pk=authority.pk)
        if AllowanceRound.objects.filter(place=place, authority=authority, year=year).exists():
            raise ServiceError("allowances.round_there", year=str(year))
        listed = None
        if members is not None:
            listed = row_for(account, Action.LEDGER_LOOK, MemberList, pk=members, place=place)
            if listed.adopted_at is None or listed.withdrawn_at is not None:
                raise ServiceError("allowances.list_not_adopted")
        round_ = AllowanceRound.objects.create(
            place=place,
            authority=authority,
            year=year,
            title=title.strip()[:TITLE_LENGTH],
            members=listed,
            opened_by=account,
            opened_at=timezone.now(),
        )
        record_event(
            account,
            "allowance_round.opened",
            subject=f"allowance_round:{round_.pk}",
            place=place,
            after={"year": year, "title": round_.title, "list": listed.pk if listed else None},
        )
    return round_
