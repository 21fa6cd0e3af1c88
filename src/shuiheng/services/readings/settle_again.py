"""Settle all months of some meters anew, because what is said of them changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max, Min

from shuiheng.adapters.records.models import Account, Job, JobKind, Meter, SettledMonth, WaterUser
from shuiheng.services.background import register_work
from shuiheng.services.job_steps import ask_job, carry_out, step
from shuiheng.services.readings.reading_store import event_table, meter_rules, meter_table, store_writer
from shuiheng.services.readings.settle import settle

METERS_AT_ONCE = 500


def settle_again(account: Account | None, meters: Sequence[Meter]) -> None:
    """Queue the settling of meters whose description or events changed; call it in the same transaction.

    Meters of which nothing is settled yet need none: their first readings find them as they are.

    Args:
        account: Who changed something.
        meters: The meters, all of one city.
    """
    settled = Meter.objects.filter(pk__in=[meter.pk for meter in meters], months__isnull=False).distinct()
    kept = list(settled.select_related("city"))
    if not kept:
        return
    keys = [meter.pk for meter in kept]
    ask_job(
        account,
        JobKind.SETTLE,
        title=kept[0].number if len(kept) == 1 else "",
        place=kept[0].city,
        arguments={"meters": keys},
        after={"meters": len(keys)},
    )


def settle_user_again(account: Account | None, user: WaterUser) -> None:
    """Queue the settling of all meters of a user, because its class or profile changed."""
    settle_again(account, list(Meter.objects.filter(user=user)))


def work_on_settling(job_key: int) -> None:
    """Do the job with this key."""
    carry_out(job_key, _work)


def _work(job: Job) -> Mapping[str, Any]:
    meters = list(Meter.objects.filter(pk__in=job.arguments["meters"]).order_by("pk"))
    with store_writer() as writer:
        writer.put_meters(meter_table(meter_rules(meters)))
        writer.put_events(event_table())
    for place in range(0, len(meters), METERS_AT_ONCE):
        step(job, place, len(meters))
        some = meters[place : place + METERS_AT_ONCE]
        first, last = _reach(some)
        settle(some, first, last)
    return {"meters": len(meters)}


def _reach(meters: Sequence[Meter]) -> tuple[date, date]:
    found = SettledMonth.objects.filter(meter__in=meters).aggregate(Min("month"), Max("month"))
    return found["month__min"], found["month__max"]


register_work(JobKind.SETTLE, work_on_settling)
