"""Tell users of their warnings, each once, and the office how many are new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from shuiheng.adapters.records.models import Channel, Organisation, Place, UseWarning
from shuiheng.adapters.rulebook.warning_policy import warning_policy
from shuiheng.services.events import record_event
from shuiheng.services.warnings.warning_words import level_name, period_name
from shuiheng.services.write_message import Cause, open_channels, write_message

AT_ONCE, MOST_KEYS = 100, 1000
UNTOLD = ("unknown",)


def tell_users(rows: Sequence[UseWarning], now: datetime) -> int:
    """Write to the organisation of each warned user, and note when; return how many were told.

    A message may be cut short by the end of the process: the rest is told in the next round, and
    nobody is told twice. Each event is that of one city.
    """
    wanted = [row.pk for row in rows if row.level not in UNTOLD]
    count = 0
    for place in range(0, len(wanted), AT_ONCE):
        with transaction.atomic():
            told = UseWarning.objects.filter(pk__in=wanted[place : place + AT_ONCE], told_at__isnull=True)
            some = list(
                told.select_related("allowance__user__organisation__place", "allowance__round__place")
            )
            cities: dict[Place, list[int]] = {}
            for row in some:
                cities.setdefault(row.allowance.round.place, []).append(row.pk)
                for channel in _channels():
                    write_message(_cause(row), channel, organisation=row.allowance.user.organisation)
                row.told_at = now
            UseWarning.objects.bulk_update(some, ["told_at"])
            for city, keys in cities.items():
                subject = f"place:{city.pk}"
                record_event(None, "use_warning.told", subject=subject, place=city, after={"warnings": keys})
            count += len(some)
    return count


def tell_untold(now: datetime) -> int:
    """Tell of standing warnings that a process left untold; return how many."""
    rows = UseWarning.objects.filter(told_at__isnull=True, gone_at__isnull=True).exclude(level__in=UNTOLD)
    return tell_users(list(rows[:1000]), now)


@transaction.atomic
def tell_office(city: Place, raised: Sequence[int], now: datetime) -> None:
    """Write to the offices whose allowances they are how many warnings are new, one message to each."""
    counts: dict[int, int] = {}
    for place in range(0, len(raised), MOST_KEYS):
        rows = UseWarning.objects.filter(pk__in=raised[place : place + MOST_KEYS])
        for authority in rows.values_list("allowance__round__authority", flat=True):
            counts[authority] = counts.get(authority, 0) + 1
    offices = Organisation.objects.select_related("place").in_bulk(list(counts))
    for key, count in counts.items():
        cause = Cause(
            kind="use_warnings_new",
            key=f"warnings/{city.pk}/{raised[0]}/{timezone.localtime(now):%Y-%m-%dT%H:%M}",
            blanks={"count": str(count), "city": city.name},
            page=reverse("warnings"),
        )
        write_message(cause, Channel.SITE, organisation=offices[key])


def _channels() -> list[Channel]:
    return [each for each in open_channels() if each.value in warning_policy().channels]


def _cause(row: UseWarning) -> Cause:
    return Cause(
        kind="use_warning_doubtful" if row.certainty == "doubtful" else "use_warning",
        key=f"use_warning/{row.pk}",
        page=reverse("warning", args=[row.pk]),
        blanks={
            "organisation": row.allowance.user.organisation.name,
            "level": level_name(row.level, str(row.basis.get("basis", ""))),
            "period": period_name(row.first, row.last),
            "used": f"{row.used_m3:,.0f}",
            "limit": f"{row.limit_m3:,.0f}",
            "forecast": "—" if row.forecast_m3 is None else f"{row.forecast_m3:,.0f}",
            "days": str(warning_policy().answer_days),
        },
    )
