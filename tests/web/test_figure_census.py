"""Every page that prints a number of a target or indicator leads from it to how it came to be."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from office import make_account
from places import ROOT
from shuiheng.adapters.records.models import (
    Account,
    Figure,
    KeptStanding,
    Place,
    PlaceKind,
    PlanVersion,
    Role,
)
from shuiheng.adapters.rulebook import route_rules
from shuiheng.services.indicators.demo_figures import settle_demo_figures
from shuiheng.services.indicators.demo_standings import settle_demo_standings
from shuiheng.services.indicators.demo_statistics import settle_demo_statistics
from shuiheng.services.permission import Action

pytestmark = pytest.mark.django_db
TABLE = ROOT / "docs" / "reference" / "figure-census.md"
WRITE = "SHUIHENG_WRITE_TABLES"
ROW, BODY, CELL, TAG = (
    re.compile(pattern, re.S)
    for pattern in (r"<tr[ >].*?</tr>", r"<tbody>.*?</tbody>", r'<td class="num[^>]*>(.*?)</td>', r"<[^>]*>")
)
LEADS = re.compile(
    r'href="/(standings/\d+/|figures/\d+/|indicators/[^"?]+/\d+/|statistics/\d+/[^"]+|cases/\d+/)'
)
HEAD = f"""<!-- written by {WRITE}=1 pytest {Path(__file__).relative_to(ROOT)}; do not edit -->

# Where the numbers of pages lead

Every page that prints numbers of targets or indicators, with the numbers of its tables in the made-up city,
and how many rows of them lead nowhere. `row`: each row leads to a standing, an official figure, an
indicator, a fact or a case. `page`: the page is about one number and opens it whole.
On the page of a target its value and the official ones open; values of earlier days stand as they were kept.
Files (`*_export`, `picture_export`) hold the tables of their page. Reports print their own table of sources,
and the screen of a hall and the public page show kept standings and official figures by their numbers; all of
these are computed again each night (`shuiheng figure verify`).

| page | numbers lead by | numbers | rows that lead nowhere |
| --- | --- | ---: | ---: |
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: how its numbers lead on, and what the page must hold where it is about one number."""

    by: str
    mark: str = ""


KINDS = {
    "home": Kind("row"),
    "standings": Kind("row"),
    "standing": Kind("page", "/derivation/"),
    "standing_derivation": Kind("page", "?format=json"),
    "indicators": Kind("row"),
    "indicator_value": Kind("page", "?format=json"),
    "figure": Kind("page", "?format=json"),
    "figure_fact": Kind("page", "/readings/meters/"),
    "changed_figures": Kind("page", "/figures/"),
    "fact_rows": Kind("page", "/users/"),
    "fact_user": Kind("page", "/readings/meters/"),
    "dual_control": Kind("row"),
    "district_figures": Kind("row"),
    "water_flow": Kind("row"),
    "statistics": Kind("row"),
    "statistic_fact": Kind("page", "历次数值"),
}
ELSEWHERE = {
    "figure_fact": "tests/web/pages/figures/test_causes.py",
    "fact_rows": "tests/web/pages/figures/test_rows.py",
    "fact_user": "tests/web/pages/figures/test_rows.py",
}
"""Pages over settled months, which this city has none of; the test named opens them."""
NO_FIGURES = {
    "waiting_statistics": "entered facts that nobody has confirmed",
    "missing_statistics": "facts that are missing",
    "assessments": "points of a scheme, each with its criterion and evidence",
}
"""Pages for whoever may look at figures that print no number of a target or indicator."""


@pytest.fixture
def city(published: PlanVersion) -> Place:
    """The made-up city with statistics, standings and official figures, one fact corrected since."""
    place = published.plan.place
    for name, role in (("reviewer", Role.OFFICE_REVIEWER), ("leader", Role.OFFICE_LEADER)):
        make_account(name, role)
    if not Account.objects.filter(username="officer").exists():
        make_account("officer", Role.OFFICE_CLERK)
    for order in range(2):
        Place.objects.create(
            slug=f"d{order}", name=f"{order}区", kind=PlaceKind.DISTRICT, parent=place, order=order
        )
    settle_demo_statistics(Account.objects.get(username="officer"), place)
    settle_demo_standings(place)
    assert settle_demo_figures(place) > 0
    return place


def _addresses(city: Place) -> Iterator[tuple[str, str]]:
    """Yield pages of each kind, by the name of their route."""
    newest = Figure.objects.filter(subject__startswith="indicator:").latest("up_to")
    name = newest.subject.partition(":")[2]
    for plain in ("home", "standings", "changed_figures", "dual_control", "district_figures", "water_flow"):
        yield plain, reverse(plain)
    for page in ("indicators", "statistics"):
        yield page, f"{reverse(page)}?place={city.pk}"
    yield "indicator_value", reverse("indicator_value", args=[name, city.pk, newest.year])
    yield "statistic_fact", reverse("statistic_fact", args=[city.pk, "use_total"])
    for row in Figure.objects.order_by("pk"):
        yield "figure", reverse("figure", args=[row.pk])
    for row in KeptStanding.objects.filter(value__isnull=False):
        yield "standing", reverse("standing", args=[row.pk])
        yield "standing_derivation", reverse("standing_derivation", args=[row.pk])


def _rows(text: str) -> list[str]:
    """Return the rows of tables of a page that print a number."""
    rows = [row for body in BODY.findall(text) for row in ROW.findall(body)]
    return [row for row in rows if any(re.search(r"\d", TAG.sub("", cell)) for cell in CELL.findall(row))]


def test_every_page_for_who_looks_at_figures_is_in_the_census() -> None:
    look = {
        name
        for name, rule in route_rules().items()
        if rule.needs == Action.FIGURES_LOOK and "GET" in rule.methods
    }
    pages = {name for name in look if not name.startswith("api.") and not name.endswith("_export")}
    assert pages == (set(KINDS) - {"home"}) | set(NO_FIGURES)


def test_every_number_of_a_page_leads_to_how_it_came_to_be(city: Place) -> None:
    reader = Client()
    reader.force_login(Account.objects.get(username="leader"))
    counts = dict.fromkeys(KINDS, 0)
    lost: dict[str, list[str]] = {name: [] for name in KINDS}
    for name, address in _addresses(city):
        text = reader.get(address).content.decode()
        rows = _rows(text)
        counts[name] += sum(len(CELL.findall(row)) for row in rows)
        if KINDS[name].by == "row":
            lost[name] += [TAG.sub(" ", row) for row in rows if not LEADS.search(row)]
        elif KINDS[name].mark not in text:
            lost[name].append(address)
    assert lost == {name: [] for name in KINDS}
    assert sum(counts.values()) > 100
    _keep(counts)


def _keep(counts: dict[str, int]) -> None:
    lines = [
        f"| `{name}` | {kind.by} | {counts[name] if name not in ELSEWHERE else '—'} | 0 |"
        for name, kind in KINDS.items()
    ]
    if os.environ.get(WRITE):
        TABLE.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    kept = TABLE.read_text("utf-8")
    assert all(f"| `{name}` | {kind.by} |" in kept for name, kind in KINDS.items()), f"run it with {WRITE}=1"
