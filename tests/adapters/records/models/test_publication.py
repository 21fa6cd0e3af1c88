"""What the database itself refuses of published editions, whoever writes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from office import the_office
from shuiheng.adapters.records.models import Account, EditionState, PublicEdition

pytestmark = pytest.mark.django_db


def _edition(number: int, **changed: object) -> PublicEdition:
    drafter = Account.objects.get_or_create(username="drafter")[0]
    given = {
        "place": the_office().place,
        "number": number,
        "on": date(2026, 1, 1),
        "licence": "free",
        "digest": "0" * 64,
        "drafted_by": drafter,
        "drafted_at": timezone.now(),
    }
    return PublicEdition.objects.create(**(given | changed))


def _refused(number: int, **changed: object) -> bool:
    try:
        with transaction.atomic():
            _edition(number, **changed)
    except IntegrityError:
        return True
    return False


def test_one_edition_is_published_at_a_time() -> None:
    other = Account.objects.create(username="publisher")
    published = {"state": EditionState.PUBLISHED, "published_by": other, "published_at": timezone.now()}
    _edition(1, **published)
    assert _refused(2, **published)
    assert not _refused(3)
    assert _refused(4), "one draft at a time"


def test_a_number_stands_once_in_a_city() -> None:
    _edition(1)
    assert _refused(1, state=EditionState.DROPPED)


def test_who_drafted_it_cannot_publish_it() -> None:
    drafter = _edition(1).drafted_by
    assert _refused(2, state=EditionState.SUPERSEDED, published_by=drafter)
