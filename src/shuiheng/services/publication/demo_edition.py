"""What the demo city tells the public: an edition from its standings, and a new one once its meters tell."""

from __future__ import annotations

from django.utils import timezone

from shuiheng.adapters.records.models import Account, KeptStanding, Place
from shuiheng.services.publication.edition_terms import usual_licence
from shuiheng.services.publication.keep_edition import draft_edition, publish_edition
from shuiheng.services.publication.read_edition import public_edition

REVIEWER, LEADER = "reviewer", "leader"


def settle_demo_edition(city: Place) -> bool:
    """Draft and publish an edition of the demo city; return whether a new one was needed.

    Doing it twice adds nothing; one that has no water of meters yet is followed by one that has.
    """
    people = {each.username: each for each in Account.objects.filter(username__in=(REVIEWER, LEADER))}
    before = public_edition(city)
    is_full = before is not None and bool(before.content["use"]["rows"])
    if (
        is_full
        or len(people) < len((REVIEWER, LEADER))
        or not KeptStanding.objects.filter(city=city).exists()
    ):
        return False
    today = timezone.localdate()
    terms = usual_licence(city, today, language="zh")
    row = draft_edition(people[REVIEWER], city.pk, on=today, licence=terms)
    if before is not None and not row.content["use"]["rows"]:
        return False
    publish_edition(people[LEADER], row.pk)
    return True
