"""Cases of the made-up city in the back-test of odds: made in a database of their own, then looked at.

Run by itself it prints the courses of these cases as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import django
from django.core.management import call_command

from shuiheng.indicators.odds.counts import CountQuestion
from shuiheng.indicators.odds.pace import CaseCourse, Leaving, Stay
from shuiheng.indicators.odds.rolling import Look, rolling_counts

STAGES = ("planned", "under_way")
AHEAD, STEP, LOOKS = timedelta(days=182), timedelta(days=45), 16
MORE = (10, 20, 30, 40, 50)


def demo_courses() -> list[CaseCourse]:
    """Return the courses of all cases of the made-up city, made anew in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        own = {"SHUIHENG_STATE": folder, "DJANGO_SETTINGS_MODULE": "shuiheng.web.settings"}
        kept = {name: value for name, value in os.environ.items() if name != "SHUIHENG_DATABASE_URL"}
        told = subprocess.run(
            [sys.executable, str(Path(__file__).resolve())], env=kept | own, check=True, capture_output=True
        )
    return [
        CaseCourse(
            key=key,
            stays=tuple(
                Stay(
                    stage=stage,
                    entered_on=date.fromisoformat(entered),
                    left_on=date.fromisoformat(left) if left else None,
                    leaving=Leaving(leaving) if leaving else None,
                )
                for stage, entered, left, leaving in stays
            ),
        )
        for key, stays in json.loads(told.stdout)
    ]


def looks_at_demo(cases: Sequence[CaseCourse]) -> list[Look]:
    """Return the looks at all kinds together, back from the day on which the cases were made."""
    last = max(stay.left_on or stay.entered_on for case in cases for stay in case.stays)
    days = [last - AHEAD - STEP * number for number in range(LOOKS)][::-1]
    questions = [
        CountQuestion(stages=STAGES, on=on, deadline=on + AHEAD, seed=11, with_openings=True) for on in days
    ]
    return rolling_counts(cases, questions, more=MORE)


def main() -> int:
    """Make the city with its cases and print their courses."""
    django.setup()
    from shuiheng.adapters.records.models import ProgrammeCase  # noqa: PLC0415  after Django is set up
    from shuiheng.services.cases.demo_cases import settle_demo_cases  # noqa: PLC0415
    from shuiheng.services.cases.kept_tally import read_tally  # noqa: PLC0415
    from shuiheng.services.create_first_users import ensure_user  # noqa: PLC0415
    from shuiheng.services.found_city import found_city  # noqa: PLC0415
    from shuiheng.services.indicators.case_courses import courses_of  # noqa: PLC0415
    from shuiheng.services.load_demo import DEMO_CITY, DEMO_NAME, OFFICE_USERS  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    office = found_city(DEMO_NAME, slug=DEMO_CITY, is_synthetic=True)
    for username, name, role in OFFICE_USERS:
        ensure_user(username, display_name=name, roles=((office, role),))
    settle_demo_cases(office.place)
    tallies = [
        read_tally(row.tally, case=str(row.pk), subject=row.subject_key, district=str(row.district_id))
        for row in ProgrammeCase.objects.order_by("pk")
    ]
    told = [
        (course.key, [(each.stage, each.entered_on, each.left_on, each.leaving) for each in course.stays])
        for course in courses_of(tallies)
    ]
    sys.stdout.write(json.dumps(told, default=str))
    return 0


if __name__ == "__main__":
    sys.exit(main())
