"""Progress is told to the public by two persons; what was public once stays kept."""

from __future__ import annotations

from datetime import date

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Event, PlanVersion, PublicEdition, Role
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.publication.keep_edition import draft_edition, publish_edition, withdraw_edition
from shuiheng.services.publication.read_edition import last_edition, public_edition, published_cities

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


@pytest.fixture
def reviewer(published: PlanVersion) -> Account:
    """Who drafts: a city with a published plan whose targets were judged."""
    keep_standings(the_office().place, DAY)
    return make_account("reviewer", Role.OFFICE_REVIEWER)


@pytest.fixture
def leader() -> Account:
    """Who publishes."""
    return make_account("leader", Role.OFFICE_LEADER)


def _draft(actor: Account, **changed: str) -> PublicEdition:
    return draft_edition(actor, the_office().place_id, on=DAY, **({"licence": "自由使用"} | changed))


def _code(work: object, *args: object, **named: object) -> str:
    with pytest.raises(ServiceError) as refused:
        work(*args, **named)  # type: ignore[operator]  # any service
    return refused.value.code


def test_nothing_is_public_before_a_second_person_says_so(reviewer: Account, leader: Account) -> None:
    row = _draft(reviewer)
    city = the_office().place
    assert public_edition(city) is None and published_cities() == frozenset()
    publish_edition(leader, row.pk)
    assert public_edition(city) == row
    assert published_cities() == {city.pk}
    actions = set(Event.objects.filter(subject=f"public_edition:{row.pk}").values_list("action", flat=True))
    assert actions == {"public_edition.drafted", "public_edition.published"}


def test_who_drafted_an_edition_does_not_publish_it(reviewer: Account, leader: Account) -> None:
    assert _code(publish_edition, leader, _draft(leader).pk) == "publication.own_draft"
    with pytest.raises(NotPermittedError):
        publish_edition(reviewer, _draft(reviewer).pk)


def test_a_later_edition_takes_the_place_of_the_earlier_which_stays_kept(
    reviewer: Account, leader: Account
) -> None:
    first = publish_edition(leader, _draft(reviewer).pk)
    second = publish_edition(leader, _draft(reviewer).pk)
    first.refresh_from_db()
    assert (first.state, second.number) == ("superseded", first.number + 1)
    assert public_edition(the_office().place) == second
    assert _code(publish_edition, leader, first.pk) == "publication.wrong_state"


def test_a_new_draft_drops_the_one_that_nobody_published(reviewer: Account) -> None:
    first, _ = _draft(reviewer), _draft(reviewer)
    first.refresh_from_db()
    assert first.state == "dropped"


def test_what_was_withdrawn_is_not_public_and_says_why(reviewer: Account, leader: Account) -> None:
    row = publish_edition(leader, _draft(reviewer).pk)
    assert _code(withdraw_edition, leader, row.pk, reason=" ") == "publication.reason_missing"
    withdraw_edition(leader, row.pk, reason="漏报一项")
    city = the_office().place
    assert public_edition(city) is None
    told = last_edition(city)
    assert told is not None and (told.state, told.reason) == ("withdrawn", "漏报一项")


def test_terms_and_targets_are_needed(reviewer: Account) -> None:
    assert _code(_draft, reviewer, licence=" ") == "publication.licence_missing"
    other = make_account("other")
    with pytest.raises(NotPermittedError):
        _draft(other)
    elsewhere = found_city("临江市", slug="linjiang").place
    with pytest.raises(NotThereError):
        draft_edition(reviewer, elsewhere.pk, on=DAY, licence="自由使用")


@pytest.mark.usefixtures("officer")
def test_a_city_without_judged_targets_has_nothing_to_publish() -> None:
    assert _code(_draft, make_account("early", Role.OFFICE_REVIEWER)) == "publication.no_targets"
