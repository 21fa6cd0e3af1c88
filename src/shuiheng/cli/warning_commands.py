"""`shuiheng warnings …`: how the ladder of warnings would have done in a year that is over."""

from __future__ import annotations

import argparse
from typing import Any

from shuiheng.cli.starting import say, start_site


def add_to(nouns: Any) -> None:
    """Add the noun `warnings` and its verbs."""
    verbs = nouns.add_parser("warnings", help="warnings before an allowance is passed").add_subparsers(
        title="verbs", metavar="VERB", required=True
    )
    says = "hold the ladder of each city against a past year; print precision, recall and lead time"
    tested = verbs.add_parser("backtest", help=says, description=says)
    tested.add_argument("--year", type=int, metavar="YEAR", help="a year that is over; default: the last one")
    tested.set_defaults(run=backtest_warnings)


def backtest_warnings(arguments: argparse.Namespace) -> int:
    """Print the back-test of every city that gave allowances in the year; 1 when none did."""
    start_site()
    from django.utils import timezone  # noqa: PLC0415  needs the set-up

    from shuiheng.adapters.records.models import Place  # noqa: PLC0415
    from shuiheng.cli.backtest_printing import lines_of  # noqa: PLC0415
    from shuiheng.services.warnings.backtest_site import backtest_city  # noqa: PLC0415
    from shuiheng.services.warnings.worker_sight import WorkerSight  # noqa: PLC0415

    today = timezone.localdate()
    year = arguments.year or today.year - 1
    cities = Place.objects.filter(allowance_rounds__year=year).distinct().order_by("pk")
    for city in cities:
        say(city.name)
        for line in lines_of(backtest_city(WorkerSight(), city, year, today=today)):
            say(line)
    if not cities:
        say(f"No allowances were given in {year}.")
    return 0 if cities else 1
