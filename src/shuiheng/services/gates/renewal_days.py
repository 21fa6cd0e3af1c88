"""The last days on which renewals of permits can be asked for, as a calendar shows them."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from shuiheng.adapters.records.models import PermitFact, Place
from shuiheng.adapters.records.queries_calendar import CalendarDay
from shuiheng.adapters.records.queries_gates import PermitFilter, permit_facts
from shuiheng.adapters.records.sight import Sight
from shuiheng.allowances.permit_terms import renewal_lead
from shuiheng.services.gates.permit_book import permit_states, terms_of


def renewal_due_days(seen: Sight, first: date, last: date) -> list[CalendarDay]:
    """Return the last days of asking for renewal from `first` to `last`; who has asked is left out."""
    today = timezone.localdate()
    keys = seen(PermitFact).order_by().values_list("subject__source__user__city", flat=True).distinct()
    found: list[CalendarDay] = []
    for city in Place.objects.filter(pk__in=set(keys)):
        lead = renewal_lead(terms_of(city, today))
        if lead is not None:
            wanted = PermitFilter(ends_from=first + lead, ends_to=last + lead)
            facts = permit_facts(seen, wanted, today).filter(subject__source__user__city=city)
            found += _due(seen, list(facts), today, lead)
    return found


def _due(seen: Sight, facts: list[PermitFact], today: date, lead: timedelta) -> list[CalendarDay]:
    return [
        CalendarDay(
            on=fact.expires_on - lead,
            kind="renewal",
            key=f"renewal-{fact.subject_id}",
            title=f"{fact.subject.number} {fact.subject.source.user.organisation.name}",
            plan="",
        )
        for state in permit_states(seen, facts, today, is_idle_asked=False)
        if (fact := state.line.fact).expires_on is not None and state.life.renewal_asked_on is None
    ]
