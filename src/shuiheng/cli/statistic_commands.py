"""`shuiheng statistics …`: take in a workbook of statistics, or write one with what stands."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from shuiheng.cli.starting import say, start_site
from shuiheng.services.errors import ServiceError

YEARS = 6


def add_to(nouns: Any) -> None:
    """Add the noun `statistics` and its verbs."""
    verbs = nouns.add_parser("statistics", help="statistics of a city, by workbook").add_subparsers(
        title="verbs", metavar="VERB", required=True
    )
    says = "check a workbook of statistics, print what it would change, and enter it unless told otherwise"
    taken = verbs.add_parser("import", help=says, description=says)
    taken.add_argument("file", type=Path, metavar="FILE", help="the workbook (.xlsx)")
    taken.add_argument("--user", required=True, metavar="NAME", help="in whose name")
    taken.add_argument("--city", metavar="CITY", help="short name of the city; default: the user's own")
    taken.add_argument("--check-only", action="store_true", help="enter nothing")
    taken.set_defaults(run=import_workbook)
    says = "write the workbook of statistics of a city and its districts, with what stands"
    given = verbs.add_parser("export", help=says, description=says)
    given.add_argument("file", type=Path, metavar="FILE", help="where to write it (.xlsx)")
    given.add_argument("--user", required=True, metavar="NAME", help="in whose name")
    given.add_argument("--city", metavar="CITY", help="short name of the city; default: the user's own")
    given.add_argument("--topic", default="", metavar="TOPIC", help="id of a topic; default: all")
    given.add_argument("--until", type=int, metavar="YEAR", help="last year; default: the last whole one")
    given.set_defaults(run=export_workbook)


def import_workbook(arguments: argparse.Namespace) -> int:
    """Print what a workbook would change and what is wrong with it, and enter it; 1 when errors bar it."""
    start_site()
    from shuiheng.services.finding_sentences import sentence_of  # noqa: PLC0415  needs the set-up
    from shuiheng.services.indicators.statistic_book import (  # noqa: PLC0415
        CHECKED,
        receive_statistics,
        take_statistics,
    )

    account = _account(arguments.user)
    if not arguments.file.is_file():
        raise ServiceError("services.not_there", what=arguments.file.name)
    content = arguments.file.read_bytes()
    batch = receive_statistics(
        account, _city(account, arguments.city), content=content, name=arguments.file.name
    )
    for each in batch.content["findings"]:
        sentence = sentence_of(each["code"], each["values"], language=arguments.language)
        say(f"{each['severity']} {each['values']['line']} {each['heading']}: {sentence.says}")
    for each in batch.content["told"]:
        say(f"{each['line']} {each['fact']} {each['year']}: {each['before']} -> {each['value']}")
    if batch.content["errors"]:
        return 1
    if arguments.check_only or batch.state != CHECKED:
        say(f"Workbook {batch.pk} is {batch.state}.")
        return 0
    batch = take_statistics(account, batch.pk)
    say(f"Workbook {batch.pk}: {len(batch.content['rows'])} values wait for a second person.")
    return 0


def export_workbook(arguments: argparse.Namespace) -> int:
    """Write the workbook of statistics of a city."""
    start_site()
    from django.utils import timezone  # noqa: PLC0415  needs the set-up

    from shuiheng.adapters.records.models import Place  # noqa: PLC0415
    from shuiheng.services.indicators.statistic_book import (  # noqa: PLC0415
        places_to_keep,
        statistics_workbook,
    )
    from shuiheng.services.indicators.statistic_form import Wanted  # noqa: PLC0415

    account = _account(arguments.user)
    city = _city(account, arguments.city)
    places = places_to_keep(account, Place.objects.get(pk=city))
    last = arguments.until or timezone.localdate().year - 1
    wanted = Wanted(
        places={key: name for name, key in places.items()},
        topics=frozenset(filter(None, (arguments.topic,))),
        years=range(last - YEARS + 1, last + 1),
    )
    _, content = statistics_workbook(account, city, wanted)
    arguments.file.write_bytes(content)
    say(str(arguments.file))
    return 0


def _account(username: str) -> Any:
    """Return the account of this name.

    Raises:
        ServiceError: There is none.
    """
    from shuiheng.adapters.records.queries_plans import account_named  # noqa: PLC0415  needs the set-up

    account = account_named(username)
    if account is None:
        raise ServiceError("services.not_there", what=username)
    return account


def _city(account: Any, slug: str | None) -> int:
    """Return the key of the city that is meant.

    Raises:
        ServiceError: The account tells statistics of no such city.
    """
    from shuiheng.services.indicators.statistic_places import statistic_cities  # noqa: PLC0415  needs the set-up
    from shuiheng.services.permission import Action  # noqa: PLC0415

    cities = statistic_cities(account, Action.FIGURES_KEEP)
    found = next((each for each in cities if slug in (None, each.slug)), None)
    if found is None:
        raise ServiceError("services.not_there", what=slug or "")
    return found.pk
