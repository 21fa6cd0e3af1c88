"""Makes a city with many cases and ten pieces of evidence each, and prints what its pages cost.

Usage: `PYTHONPATH=tests python tests/bench/many_cases.py COUNT [TIMES]`, on the database of the settings.
"""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta
from statistics import median, quantiles
from typing import Any

import django

ROWS, DISTRICTS, BIG_SHARE, PIECES = 2_000, 12, 4, 10
TODAY_AGO = 900
PHASES = ("planned", "under_way", "under_way", "reached", "reached", "reached", "refused")
BIG = "saving_compound"
PAGES = (
    "/cases/",
    "/cases/?mine=1&order=due",
    "/cases/?due=late&order=due",
    "/cases/?holding=at_risk",
    "/cases/?q=苑 17",
    "/cases/?kind=saving_compound&phase=reached&order=until&page=40",
    "/cases/board/?kind=saving_compound",
    "/cases/board/?kind=balance_test",
    "/cases/districts/",
    "/calendar/?kind=case",
    "/",
)


def main(count: int, times: int) -> None:
    """Make the city, open its pages, print what each takes of the processor."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    officer, one = make(count)
    print(f"{count} cases, {count * PIECES} pieces of evidence, made in {time.perf_counter() - begun:.0f} s")
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(officer)
    print(f"{'page':62s}{'queries':>8s}{'p50 ms':>8s}{'p95 ms':>8s}")
    for address in (*PAGES, f"/cases/{one}/", f"/cases/{one}/documents/application_form/"):
        queries, took = _open(client, address, times)
        high = quantiles(took, n=20)[-1]
        print(f"{address:62s}{queries:8d}{median(took) * 1e3:8.0f}{high * 1e3:8.0f}", flush=True)


def make(count: int) -> tuple[Any, int]:
    """Make the city; return its officer and the key of one case."""
    from django.utils import timezone

    from shuiheng.adapters.records import models as tables
    from shuiheng.services.create_first_users import ensure_user
    from shuiheng.services.found_city import found_city

    office = found_city("量城市", slug="bench", is_synthetic=True)
    ensure_user("li", display_name="li", roles=((office, tables.Role.OFFICE_CLERK),))
    ensure_user("fu", display_name="fu", roles=((office, tables.Role.OFFICE_REVIEWER),))
    officer, second = (tables.Account.objects.get(username=name) for name in ("li", "fu"))
    districts = tables.Place.objects.bulk_create(
        [
            tables.Place(slug=f"d{each}", name=f"{each}号区", kind="district", parent=office.place)
            for each in range(DISTRICTS)
        ]
    )
    today, now = timezone.localdate(), timezone.now()
    cases = tables.ProgrammeCase.objects.bulk_create(
        [_case(office.place, districts, officer, each, today) for each in range(count)],
        batch_size=ROWS,
    )
    for start in range(0, count, ROWS):
        part = cases[start : start + ROWS]
        tables.CaseEvent.objects.bulk_create(
            [event for case in part for event in _events(tables, case, officer, now)], batch_size=ROWS
        )
        tables.CaseEvidence.objects.bulk_create(
            [piece for case in part for piece in _pieces(tables, case, (officer, second), now)],
            batch_size=ROWS,
        )
    return officer, cases[0].pk


def _case(place: Any, districts: Any, officer: Any, each: int, today: date) -> Any:
    from django.utils import timezone

    from shuiheng.adapters.records import models as tables
    from shuiheng.adapters.rulebook.programmes import shipped_programmes

    kinds = shipped_programmes()
    kind = kinds[BIG] if each % BIG_SHARE == 0 else list(kinds.values())[each % len(kinds)]
    phase = PHASES[each % len(PHASES)]
    opened = today - timedelta(days=each % TODAY_AGO)
    is_reached = phase == "reached"
    steps = kind.steps
    step = steps[0] if phase == "planned" else steps[each % len(steps)]
    tally = {"aimed": "", "phases": [[phase, opened.isoformat()]], "levels": [], "spans": {}, "amounts": {}}
    return tables.ProgrammeCase(
        place=place,
        district=districts[each % len(districts)],
        kind=kind.id,
        kind_version=kind.version,
        subject_key=f"name:{each}",
        subject_name=f"清河苑 {each}",
        phase="planned" if each == 0 else phase,
        number=f"N-{each}" if is_reached and each else "",
        opened_on=opened,
        last_on=opened,
        reached_on=opened if is_reached else None,
        valid_until=opened + timedelta(days=1000) if is_reached else None,
        recheck_on=opened + timedelta(days=800) if is_reached else None,
        due_on=None if phase == "refused" else opened + timedelta(days=90 + each % 400),
        open_steps=[] if phase in ("reached", "refused") else [step.id],
        holding=("at_risk" if each % 50 == 3 else "valid") if is_reached else "not_reached",
        tally=tally,
        event_count=1,
        made_by=officer,
        made_at=timezone.now(),
    )


def _events(tables: Any, case: Any, officer: Any, now: Any) -> list[Any]:
    """Return the opening of a case, which is all that its own page needs to read it."""
    content = {"subject": case.subject_key, "district": str(case.district_id), "level": ""}
    return [
        tables.CaseEvent(
            case=case,
            ordinal=1,
            sort="opened",
            on=case.opened_on,
            content=content,
            entered_by=officer,
            entered_at=now,
        )
    ]


def _pieces(tables: Any, case: Any, people: tuple[Any, Any], now: Any) -> list[Any]:
    first, second = people
    return [
        tables.CaseEvidence(
            case=case,
            key=f"p-{each}",
            step="apply",
            kind="photo",
            title=f"照片 {each}",
            sha256="0" * 64,
            original_name=f"{each}.jpg",
            media_type="image/jpeg",
            byte_count=200_000,
            submitted_by=first,
            submitted_at=now,
            is_accepted=True,
            reviewed_by=second,
            reviewed_at=now,
        )
        for each in range(PIECES)
    ]


def _open(client: Any, address: str, times: int) -> tuple[int, list[float]]:
    from django.db import connection

    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    took = []
    for _ in range(times):
        begun = time.process_time()
        client.get(address)
        took.append(time.process_time() - begun)
    return len(asked), took


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20)
