"""`shuiheng figure …`: official figures and figures of reports, computed again from what was kept."""

from __future__ import annotations

import argparse
from typing import Any

from shuiheng.cli.starting import say, start_site


def add_to(nouns: Any) -> None:
    """Add the noun `figure` and its verbs."""
    verbs = nouns.add_parser("figure", help="official figures and figures of reports").add_subparsers(
        title="verbs", metavar="VERB", required=True
    )
    says = "compute every figure again from what was kept, and tell what differs from the facts of today"
    verified = verbs.add_parser("verify", help=says, description=says)
    verified.add_argument("city", metavar="CITY", nargs="?", help="short name of a city; default: all")
    verified.set_defaults(run=verify_cities)


def verify_cities(arguments: argparse.Namespace) -> int:
    """Print what became of the figures of each city; 1 when one does not compute again."""
    start_site()
    from shuiheng.adapters.records.models import Place  # noqa: PLC0415  needs the set-up
    from shuiheng.services.indicators.verify_figures import verify_all  # noqa: PLC0415

    cities = Place.objects.filter(slug=arguments.city) if arguments.city else None
    found = verify_all(cities)
    for city, seen in found:
        say(
            f"{city.name}: {seen.figures} official figures, {seen.standings} values of targets, "
            f"{seen.report_figures} figures of reports, {seen.year_values} values of the last year, "
            f"{seen.published} published numbers; changed since: {len(seen.changed)}"
        )
        for name, keys in (
            ("figure", seen.broken),
            ("standing", seen.broken_standings),
            ("report", seen.broken_reports),
            ("edition", seen.broken_editions),
            ("value", seen.broken_values),
        ):
            for key in keys:
                say(f"  does not compute again: {name} {key}")
        for key in seen.orphans:
            say(f"  leads to no source: {key}")
    if not found:
        say("There is no figure.")
    return 0 if all(seen.holds for _, seen in found) else 1
