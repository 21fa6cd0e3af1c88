"""The five real plans, each as text, Word file and PDF, held against their hand-made labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from places import SHARED, needs_real_plans
from plans.measure import REAL_FORMS, below_floor, block, measured, real_files, stored_block
from plans.scoring import MEASURES

pytestmark = [needs_real_plans, pytest.mark.real_plans, pytest.mark.xdist_group("real plans")]
# What the project promises for the average of the five plans in each form.
PROMISED = {
    "tasks": 0.98,
    "lead": 0.98,
    "parts": 0.98,
    "path": 0.98,
    "numeric": 0.95,
    "miles": 0.85,
    "rules": 0.85,
}
FILES = real_files() or [SHARED / "plans" / "missing.txt"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_plan_compiles_no_worse_than_its_floor(path: Path) -> None:
    assert not below_floor(path)


@pytest.mark.parametrize("form", REAL_FORMS)
def test_the_average_of_the_real_plans_is_what_is_promised(form: str) -> None:
    shares = [measured(path).shares for path in FILES if path.suffix == f".{form}"]
    average = {name: sum(row[name] for row in shares) / len(shares) for name in MEASURES}
    assert not {name: average[name] for name, low in PROMISED.items() if average[name] < low}


def test_the_table_of_the_real_plans_in_the_readme_is_what_is_measured() -> None:
    assert stored_block("real plans") == block("real plans", FILES)
