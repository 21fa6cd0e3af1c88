"""How well the water of one user is known: the findings of its meters, and permits beside what was taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from shuiheng.adapters.records.models import PermitFact, WaterUser
from shuiheng.adapters.records.queries_limits import limits_of
from shuiheng.adapters.records.queries_meter import UserFindings, findings_of_user
from shuiheng.adapters.records.queries_use import Grouping, UseFilter, use_by_month
from shuiheng.adapters.records.use_figures import Use, months_between, totals
from shuiheng.services.permission import Action, may
from shuiheng.web.page import seen


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitUse:
    """What a source may give in a year beside what it gave so far.

    Args:
        source: Key of the source.
        number: Its number with the user.
        permit_litres: Litres that its permits allow in a year.
        unstated: Permits that state no volume, so that more may be allowed.
        use: What was taken from the begin of the year; None where no meter measures the source.
    """

    source: int
    number: str
    permit_litres: int
    unstated: int
    use: Use | None

    @property
    def taken_rate(self) -> float | None:
        """What was taken as a ratio of what is allowed; None where either is not known."""
        if self.use is None or self.use.litres is None or not self.permit_litres:
            return None
        return self.use.litres / self.permit_litres


def user_findings(request: HttpRequest, user: WaterUser) -> UserFindings | None:
    """Return the open findings of the meters of a user; None for who may not look at readings."""
    if not may(request.user, Action.READINGS_LOOK):
        return None
    return findings_of_user(seen(request, Action.READINGS_LOOK), user)


def permits_beside_use(
    request: HttpRequest, user: WaterUser, permits: Sequence[PermitFact], *, on: date
) -> Sequence[PermitUse]:
    """Return for each source with a permit that states a volume what was taken in the year up to a day."""
    if not permits or not may(request.user, Action.READINGS_LOOK):
        return []
    wanted = UseFilter(user=user.pk)
    limits = limits_of(seen(request, Action.LEDGER_LOOK), Grouping.SOURCE, on, wanted)
    months = months_between(on.replace(month=1, day=1), on)
    uses = use_by_month(seen(request, Action.READINGS_LOOK), Grouping.SOURCE, months, wanted)
    numbers = {fact.subject.source_id: fact.subject.source.number for fact in permits}
    found = []
    for source, number in sorted(numbers.items(), key=lambda each: each[1]):
        limit = limits.get(source)
        if limit is None:
            continue
        use = totals(each for (key, _month), each in uses.items() if key == source)
        found.append(
            PermitUse(
                source=source,
                number=number,
                permit_litres=limit.litres,
                unstated=limit.unstated,
                use=use,
            )
        )
    return found
