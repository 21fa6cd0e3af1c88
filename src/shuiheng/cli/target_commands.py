"""`shuiheng target …`: what counts for a target of a published plan, and how all targets stand."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

from shuiheng.cli.starting import say, start_site


def add_to(nouns: Any) -> None:
    """Add the noun `target` and its verbs."""
    verbs = nouns.add_parser("target", help="targets of published plans").add_subparsers(
        title="verbs", metavar="VERB", required=True
    )
    says = "print what counts for a target on a day, with its districts and cases"
    counted = verbs.add_parser("count", help=says, description=says)
    counted.add_argument(
        "target", metavar="ID", help="id of a target in its plan, or its key in the register"
    )
    counted.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="YYYY-MM-DD; default: today")
    counted.add_argument("--json", action="store_true", help="print JSON")
    counted.set_defaults(run=count_one)
    says = "judge all targets in force, of one city or of each, and keep how they stand"
    judged = verbs.add_parser("judge", help=says, description=says)
    judged.add_argument("city", metavar="CITY", nargs="?", help="short name of a city; default: all")
    judged.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="YYYY-MM-DD; default: today")
    judged.set_defaults(run=judge_cities)


def count_one(arguments: argparse.Namespace) -> int:
    """Print what counts for each target of the id; 1 when there is none."""
    start_site()
    from django.utils import timezone  # noqa: PLC0415  needs the set-up

    from shuiheng.adapters.records.models import RegisterTarget  # noqa: PLC0415
    from shuiheng.services.cases.count_json import count_json  # noqa: PLC0415
    from shuiheng.services.cases.count_target import count_target, desk_of  # noqa: PLC0415
    from shuiheng.services.cases.link_targets import linked_targets  # noqa: PLC0415

    rows = RegisterTarget.objects.filter(withdrawn_at__isnull=True).select_related("plan__place__parent")
    wanted = str(arguments.target)
    is_key = wanted.isascii() and wanted.isdecimal()
    rows = rows.filter(pk=int(wanted)) if is_key else rows.filter(item=wanted)
    on = arguments.on or timezone.localdate()
    found = [count_target(desk_of(each.target.plan.place, on), each) for each in linked_targets(rows)]
    if arguments.json:
        say(json.dumps([count_json(each) for each in found], ensure_ascii=False, indent=1))
    elif not found:
        say(f"There is no target {wanted}.")
    else:
        for each in found:
            for line in _lines(count_json(each)):
                say(line)
    return 0 if found else 1


def judge_cities(arguments: argparse.Namespace) -> int:
    """Judge the targets of cities and print how many stand how; 1 when there is none."""
    start_site()
    from django.db.models import Count  # noqa: PLC0415  needs the set-up
    from django.utils import timezone  # noqa: PLC0415

    from shuiheng.adapters.records.models import KeptStanding, Place, RegisterTarget  # noqa: PLC0415
    from shuiheng.services.indicators.keep_standings import keep_standings  # noqa: PLC0415

    today = timezone.localdate()
    if arguments.on is not None and arguments.on > today:
        say(f"{arguments.on} lies ahead. Ask for a day up to today.")
        return 1
    targets = RegisterTarget.objects.filter(withdrawn_at__isnull=True).order_by()
    cities = Place.objects.filter(pk__in=targets.values("plan__place")).order_by("pk")
    if arguments.city:
        cities = cities.filter(slug=arguments.city)
    for city in cities:
        turned = keep_standings(city, arguments.on or today)
        rows = KeptStanding.objects.filter(city=city, is_share=False).order_by("standing")
        counts = rows.values_list("standing").annotate(Count("pk"))
        told = "  ".join(f"{standing} {number}" for standing, number in counts)
        say(f"{city.slug}: {told or 'no targets'} ({turned} turned)")
    if not cities:
        say("There is no such city with targets.")
    return 0 if cities else 1


def _lines(content: dict[str, Any]) -> list[str]:
    """Return what counts for a target as lines."""
    wanted = f" {content['wanted']} {content['unit']}" if content["wanted"] else ""
    lines = [f"{content['item']}  {content['metric']}{wanted}", f"  on {content['on']}: {_value(content)}"]
    by = content["counted_by"]
    served = [*(".".join(each) for each in by["programmes"]), *by["indicators"], *by["duties"]]
    state = "confirmed" if content["is_confirmed"] else "proposed"
    lines.append(f"  counted by ({state}): {', '.join(served) or 'nothing'}")
    if content["stages"] is not None:
        lines.append("  " + "  ".join(f"{stage} {number}" for stage, number in content["stages"].items()))
        lines += [f"  district {key}: {number}" for key, number in content["districts"].items()]
    return lines


def _value(content: dict[str, Any]) -> str:
    if content["value"] is not None:
        return f"{content['value']} (short by {content['short'] or 0})"
    if content["at_least"] is not None:
        return f"at least {content['at_least']}"
    why = " ".join([content["problem"] or "", *content["missing"]]).strip()
    return f"unknown {why}".strip()
