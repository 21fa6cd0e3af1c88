"""Editions are listed within sight, the newest first, without what they say."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, EditionState, Place, PublicEdition, Role
from shuiheng.adapters.records.queries_publication import edition_in_sight, editions_in_sight
from shuiheng.services.found_city import found_city
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def _edition(place: Place, number: int, state: str) -> PublicEdition:
    return PublicEdition.objects.create(
        place=place,
        number=number,
        on=date(2026, 1, 1),
        state=state,
        licence="free",
        content={"on": "2026-01-01"},
        digest="0" * 64,
        drafted_by=Account.objects.get_or_create(username="drafter")[0],
        drafted_at=timezone.now(),
    )


def test_those_of_another_city_are_not_seen() -> None:
    seen = sight(make_account("reviewer", Role.OFFICE_REVIEWER), Action.FIGURES_REVIEW)
    mine = [
        _edition(the_office().place, number, state)
        for number, state in ((1, EditionState.SUPERSEDED), (2, EditionState.DRAFTED))
    ]
    other = _edition(found_city("临江市", slug="linjiang").place, 1, EditionState.DRAFTED)
    assert list(editions_in_sight(seen)) == mine[::-1]
    assert edition_in_sight(seen, mine[0].pk) == mine[0]
    assert edition_in_sight(seen, other.pk) is None
