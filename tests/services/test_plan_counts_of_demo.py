"""The counts of a plan that the demo loads into a city of its own are computed, with cases behind them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

from places import ROOT, SHARED, needs_real_plans
from shuiheng.adapters.records.models import Account, PlanDocument, ProgrammeCase, RegisterTarget
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.services.cases.count_target import TargetCount, count_targets, desk_of
from shuiheng.services.cases.link_targets import linked_targets
from shuiheng.services.load_demo import demo_users, load_demo
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
PLAN, COUNTS, LEAST, WITH_CASES = "003", 66, 0.9, 60
TABLE = ROOT / "docs" / "reference" / "target-counts-of-demo.md"
WRITE = "SHUIHENG_WRITE_TABLES"
HEAD = f"""<!-- written by {WRITE}=1 pytest {Path(__file__).relative_to(ROOT)}; do not edit -->

# Counts of a plan of one year in the demo

`make demo` loads a plan of one year into a city of its own and makes cases for its targets; the city is
marked as one with made-up records. Each target of kind count, by its id: what counts for it, what the plan
asks for, what is counted at the end of the year of the plan, and how many cases stand behind it.
"""


def _loaded(tmp_path: Path, name: str, text: str) -> PlanDocument:
    """Load a plan as the demo loads real plans, into a city of its own."""
    made_up, real = tmp_path / "made_up", tmp_path / "real"
    made_up.mkdir()
    real.mkdir()
    (real / name).write_text(text, "utf-8")
    demo_users()
    load_demo(Account.objects.get(username="officer"), made_up=made_up, real=real, say=lambda _line: None)
    return PlanDocument.objects.get()


def _counted(plan: PlanDocument) -> Sequence[TargetCount]:
    rows = RegisterTarget.objects.filter(plan=plan, withdrawn_at__isnull=True, kind="count")
    rows = rows.order_by("order", "pk").select_related("plan__place")
    return count_targets(desk_of(plan.place, timezone.localdate()), linked_targets(rows))


@pytest.mark.any_database("the counts are those of the core; their queries are asked elsewhere")
@needs_real_plans
@pytest.mark.real_plans
def test_the_counts_of_a_plan_of_one_year_are_computed_in_the_demo_with_cases_behind_them(
    tmp_path: Path,
) -> None:
    path = next((SHARED / "plans").glob(f"{PLAN}_*.txt"))
    plan = _loaded(tmp_path, path.name, path.read_text("utf-8"))
    counted = _counted(plan)
    assert len(counted) == COUNTS
    computed = [each for each in counted if each.value is not None and not each.problem]
    assert len(computed) >= LEAST * COUNTS
    seen = sight(Account.objects.get(username="officer"), Action.CASES_LOOK)
    behind = {each.linked.target.pk: _cases(each) for each in computed}
    opened = set(seen(ProgrammeCase).values_list("pk", flat=True))
    assert all(cases <= opened for cases in behind.values())
    assert sum(bool(cases) for cases in behind.values()) >= WITH_CASES
    assert plan.place.is_synthetic and not plan.is_synthetic
    assert any(each.is_reached for each in computed) and not all(each.is_reached for each in computed)
    page = "\n".join([HEAD, *_table(counted)]) + "\n"
    if os.environ.get(WRITE):
        TABLE.write_text(page, "utf-8")
    assert TABLE.read_text("utf-8") == page, f"run it again with {WRITE}=1"


def _cases(found: TargetCount) -> set[int]:
    """Return the keys of the cases behind a count."""
    return set() if found.count is None else {int(case.tally.case) for case in found.count.cases}


def _table(counted: Sequence[TargetCount]) -> Iterator[str]:
    computed = sum(each.value is not None for each in counted)
    with_cases = sum(bool(_cases(each)) for each in counted)
    reached = sum(each.is_reached for each in counted)
    yield f"Of {len(counted)} targets {computed} are computed, {with_cases} have cases, {reached} are met."
    yield ""
    yield "| target | counts | level | asked | counted | cases |"
    yield "| --- | --- | --- | ---: | ---: | ---: |"
    kinds = shipped_programmes()
    for each in counted:
        question = each.linked.how.question
        served = () if question is None else question.served
        names = "、".join(dict.fromkeys(kinds[one.kind].names["zh"] for one in served))
        cells = (
            f"`{each.linked.target.item}`",
            names,
            "" if question is None else question.level,
            _plain(each.linked.target.value),
            _plain(each.value),
            str(len(_cases(each))),
        )
        yield f"| {' | '.join(cells)} |"


def _plain(value: Decimal | None) -> str:
    return "unknown" if value is None else f"{value.normalize():f}"
