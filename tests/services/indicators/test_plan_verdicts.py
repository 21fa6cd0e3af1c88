"""Every target of plans that the demo loads has a verdict, or an unknown that names what is missing."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from places import ROOT, SHARED, needs_real_plans
from shuiheng.adapters.records.models import Account, KeptStanding, Place
from shuiheng.indicators.verdict import Why
from shuiheng.services.indicators.demo_standings import settle_demo_standings
from shuiheng.services.load_demo import DEMO_CITY, demo_users, load_demo

pytestmark = pytest.mark.django_db
TARGETS = 197
TABLE = ROOT / "docs" / "reference" / "target-verdicts.md"
WRITE = "SHUIHENG_WRITE_TABLES"
SAYS_ITSELF = {Why.NO_VALUE, Why.DOUBTFUL, Why.WAITING}
HEAD = f"""<!-- written by {WRITE}=1 pytest {Path(__file__).relative_to(ROOT)}; do not edit -->

# Verdicts on the targets of plans in the demo

`make demo` loads the made-up plan and, where they are at hand, five plans of cities, each into a city of its
own with made-up statistics and cases. Each target by its id: what gives its value, how it stands, by which
rule, and what is missing where nothing can be said. The values are made up; what is shown is that each
target is judged. Targets whose deadline lies ahead stand as of the day on which the table was written.
"""


def _rows() -> Sequence[KeptStanding]:
    rows = KeptStanding.objects.filter(is_share=False).select_related("target", "city")
    return list(rows.order_by("city_id", "target__order", "target_id"))


def _needed(row: KeptStanding) -> str:
    """Return what is missing to know, by code; the rule itself where it says so."""
    if row.standing != "unknown":
        return ""
    return ", ".join([*([row.problem] if row.problem else []), *(str(each) for each in row.missing)])


@pytest.mark.any_database("the verdicts are those of the core; their queries are asked elsewhere")
@needs_real_plans
@pytest.mark.real_plans
def test_all_targets_of_the_plans_are_judged_or_say_what_is_missing() -> None:
    demo_users()
    officer = Account.objects.get(username="officer")
    load_demo(officer, made_up=ROOT / "demo" / "plans", real=SHARED / "plans", say=str)
    settle_demo_standings(Place.objects.get(slug=DEMO_CITY))
    rows = _rows()
    real = [row for row in rows if row.city.slug != DEMO_CITY]
    assert len(real) == TARGETS
    for row in rows:
        assert row.standing != "unknown" or _needed(row) or row.why in SAYS_ITSELF, row.target.item
    assert len({row.standing for row in real}) >= 4
    page = "\n".join([HEAD, *_table(rows)]) + "\n"
    if os.environ.get(WRITE):
        TABLE.write_text(page, "utf-8")
    kept = set(TABLE.read_text("utf-8").splitlines())
    for row in rows:
        if row.why == Why.FINAL and row.served_by == "indicator":
            assert _line(row) in kept, f"run it again with {WRITE}=1"


def _table(rows: Sequence[KeptStanding]) -> Iterator[str]:
    names = ("met", "on_course", "at_risk", "missed", "unknown")
    yield f"| plan | targets | {' | '.join(names)} |"
    yield f"| --- |{' ---: |' * (len(names) + 1)}"
    plans = list(dict.fromkeys(row.target.item.split("-")[0] for row in rows))
    for plan in plans:
        own = [row for row in rows if row.target.item.split("-")[0] == plan]
        counts = Counter(row.standing for row in own)
        yield f"| {plan} | {len(own)} | {' | '.join(str(counts[name]) for name in names)} |"
    yield ""
    yield "| target | kind | served by | verdict | rule | needed to know |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield from (_line(row) for row in rows)


def _line(row: KeptStanding) -> str:
    served = [f"`{each}`" for each in row.content["served"][:3]]
    more = " …" if len(row.content["served"]) > len(served) else ""
    cells = (
        f"`{row.target.item}`",
        row.target.kind,
        (", ".join(served) + more) or "—",
        row.standing,
        row.why,
        _needed(row),
    )
    return f"| {' | '.join(cells)} |"
