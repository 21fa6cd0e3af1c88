"""`shuiheng readings settle`: all that readings say of a period, by the embedded engine or on a cluster."""

from __future__ import annotations

import argparse
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shuiheng.cli.starting import say, start_site

if TYPE_CHECKING:
    from shuiheng.adapters.engines.settlement import Difference

KINDS = ("months", "days", "nights", "quality", "by_time", "readings")


def add_to(verbs: Any) -> None:
    """Add the verb `settle`."""
    settle = verbs.add_parser(
        "settle", help="settle all readings of a period at once and write months, days, nights, quality"
    )
    settle.add_argument(
        "--engine", default="", metavar="ADDRESS", help="spark://HOST:PORT; default: the embedded engine"
    )
    settle.add_argument("--from", dest="from_on", type=date.fromisoformat, metavar="DAY", help="first day")
    settle.add_argument("--to", dest="to_on", type=date.fromisoformat, metavar="DAY", help="last day")
    settle.add_argument(
        "--kind",
        action="append",
        choices=KINDS,
        help="may be given more than once; default: all but readings",
    )
    settle.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write Parquet files into this empty folder"
    )
    settle.add_argument(
        "--check",
        action="store_true",
        help="compute all anew from the evidence and compare with the embedded state, figure by figure",
    )
    settle.set_defaults(run=settle_readings)


def settle_readings(arguments: argparse.Namespace) -> int:
    """Print what was settled and every difference; 1 when there is one."""
    start_site()
    from shuiheng.services.readings.settle_whole import (  # noqa: PLC0415  needs the set-up
        Wanted,
        settle_installation,
    )

    wanted = Wanted(
        engine=arguments.engine,
        from_on=arguments.from_on,
        to_on=arguments.to_on,
        kinds=tuple(arguments.kind or KINDS[:-1]),
        out=arguments.out,
        tell=tell if arguments.check else None,
    )
    begun = time.monotonic()
    outcome = settle_installation(wanted)
    summary = outcome.summary
    say(f"{summary.from_on} to {summary.to_on}, generation {summary.generation}, {summary.ranges} ranges")
    for kind, rows in summary.rows.items():
        say(f"  {kind:9} {rows:>14,} rows")
    if outcome.waiting:
        say(f"  {outcome.waiting} batches wait to be settled and are not in it")
    if outcome.differences is not None:
        say(f"  {outcome.differences} differences from the embedded state")
    say(f"  {time.monotonic() - begun:.1f} s")
    return 1 if outcome.differences else 0


def tell(difference: Difference) -> None:
    """Print one figure in which the evidence and the embedded state differ."""
    place = f"{difference.kind} of meter {difference.meter} in {difference.period}"
    if not difference.column:
        say(f"{place}: the row is only in the {'evidence' if difference.ours else 'state'}")
        return
    ours, theirs = _said(difference.ours), _said(difference.theirs)
    say(f"{place}: {difference.column} is {ours} by the evidence, {theirs} in the state")


def _said(value: Any) -> str:
    return "unknown" if value is None else str(value)
