"""What every page of a meter shows above its own: which meter, and the way to its other pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.records.models import LedgerBatch, Meter, MeterFact, MeterFinding
from shuiheng.adapters.records.queries_meter import OPEN, fact_of_today, findings_of, meter_in_sight
from shuiheng.services.permission import Action, may
from shuiheng.services.readings.meter_readings import RECENT_DAYS, newest_day
from shuiheng.services.scope import scope
from shuiheng.web.fields import FieldError, day_of
from shuiheng.web.page import seen

FEW_FINDINGS = 5
TABS: Sequence[tuple[str, Promise | str]] = (
    ("ledger_meter", _("概况")),
    ("meter_readings", _("读数")),
    ("meter_heat", _("热力图")),
    ("findings_of_meter", _("疑点")),
    ("meter_edits", _("修改记录")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A page of a meter as the head shows it."""

    title: Promise | str
    address: str
    is_here: bool
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days that a page shows."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1

    @property
    def query(self) -> str:
        """The same in an address."""
        return f"from={self.first.isoformat()}&to={self.last.isoformat()}"

    def shifted(self, spans: int) -> Span:
        """Return as many days, so many spans later."""
        by = timedelta(days=self.days * spans)
        return Span(first=self.first + by, last=self.last + by)


def meter_head(request: HttpRequest, meter: Meter, here: str) -> dict[str, object]:
    """Return what the head of a page of a meter shows."""
    return {"meter": meter, "tabs": tabs_of(request, meter, here), "may_review": may_review(request, meter)}


def tabs_of(request: HttpRequest, meter: Meter, here: str) -> list[Tab]:
    """Return the pages of a meter that the reader may open."""
    has_readings = sees_readings(request, meter.pk)
    found = []
    for name, title in TABS:
        if name == "ledger_meter":
            if not may(request.user, Action.LEDGER_LOOK):
                continue
        elif not has_readings:
            continue
        count = None
        if name == "findings_of_meter":
            count = findings_of(seen(request, Action.READINGS_LOOK), meter, OPEN).count()
        address = reverse(name, args=[meter.pk])
        found.append(Tab(title=title, address=address, is_here=name == here, count=count))
    return found


def open_findings(request: HttpRequest, meter: Meter) -> Sequence[MeterFinding]:
    """Return the newest findings of a meter that nobody decided yet."""
    return list(findings_of(seen(request, Action.READINGS_LOOK), meter, OPEN)[:FEW_FINDINGS])


def sees_readings(request: HttpRequest, key: int) -> bool:
    """Return whether the reader may see the readings of a meter."""
    if not may(request.user, Action.READINGS_LOOK):
        return False
    return scope(request.user, Action.READINGS_LOOK, Meter).filter(pk=key).exists()


def may_review(request: HttpRequest, meter: Meter) -> bool:
    """Return whether the reader may decide findings and edit readings of a meter."""
    if not may(request.user, Action.READINGS_REVIEW):
        return False
    return scope(request.user, Action.READINGS_REVIEW, Meter).filter(pk=meter.pk).exists()


def sees_batches(request: HttpRequest, keys: set[int]) -> set[int]:
    """Return which of these batches the reader may open in the import centre."""
    rows = scope(request.user, Action.READINGS_LOOK, LedgerBatch).filter(pk__in=keys)
    return set(rows.values_list("pk", flat=True))


def meter_or_404(request: HttpRequest, key: int, action: Action = Action.READINGS_LOOK) -> Meter:
    """Return a meter on which the reader may do `action`.

    Raises:
        Http404: There is none.
    """
    meter = meter_in_sight(seen(request, action), key)
    if meter is None:
        raise Http404
    return meter


def fact_now(request: HttpRequest, meter: Meter) -> MeterFact | None:
    """Return what is believed of a meter now."""
    return fact_of_today(seen(request, Action.READINGS_LOOK), meter, timezone.localdate())


def span_from(query: Mapping[str, str], meter: Meter, *, most_days: int, usual: int = RECENT_DAYS) -> Span:
    """Return the days that a query asks for; without any, the last ones that have readings.

    What is no day counts as nothing; days the wrong way round are turned; too many are cut at the begin.
    """
    first, last = (_day(query, name) for name in ("from", "to"))
    if last is None and first is None:
        last = newest_day(meter) or timezone.localdate()
    if last is None:
        last = first + timedelta(days=usual - 1) if first else timezone.localdate()
    if first is None:
        first = last - timedelta(days=usual - 1)
    first, last = min(first, last), max(first, last)
    return Span(first=max(first, last - timedelta(days=most_days - 1)), last=last)


def _day(query: Mapping[str, str], name: str) -> date | None:
    try:
        found = day_of(query, name)
    except FieldError:
        return None
    room = timedelta(days=3_000)  # a page shows the days around and months beside
    return found if found is not None and date(1970, 1, 1) + room < found < date.max - room else None
