"""Reached cases of so many users, and what it costs to judge all of them by what the readings say."""

from __future__ import annotations

import sys
import time
from datetime import timedelta

KIND, LEVEL = "saving_enterprise", "city"


def main(count: int) -> None:
    """Fill the ledger, let every user hold a title, and judge all twice: all is new, then nothing is."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone
    from large_ledger import fill

    from shuiheng.adapters.records.models import ProgrammeCase, WaterUser
    from shuiheng.services.cases.watch_cases import judge_all
    from shuiheng.services.use.keep_totals import keep_totals

    officer, *_ = fill(count)
    city = officer.memberships.get().organisation.place
    while keep_totals():
        pass
    today = timezone.localdate()
    reached = today - timedelta(days=400)
    ProgrammeCase.objects.bulk_create(
        [
            ProgrammeCase(
                place=city,
                district=city,
                organisation_id=user.organisation_id,
                user=user,
                kind=KIND,
                kind_version=1,
                subject_key=f"user:{user.pk}",
                subject_name=f"单位{user.pk}",
                phase="reached",
                reached_level=LEVEL,
                opened_on=reached,
                last_on=reached,
                reached_on=reached,
                valid_until=today + timedelta(days=700),
                holding="valid",
                event_count=1,
                made_by=officer,
                made_at=timezone.now(),
            )
            for user in WaterUser.objects.all()
        ],
        batch_size=500,
    )
    for said in ("first night", "next night"):
        begun = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            turned = judge_all(today)
        seconds = time.perf_counter() - begun
        print(f"  {said}: {count} cases, {seconds:.1f} s, {len(asked)} queries, {turned} turned", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
