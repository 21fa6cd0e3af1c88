"""A surcharge over norm rests on what was made in its period, or is not computed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.charges.made_up import DUE, Callbacks, City, book, ladder, use_book
from shuiheng.adapters.records.models import ActivityFact, Charge, WaterUser
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.rules.parameter import Check
from shuiheng.services.charges import norm_bases
from shuiheng.services.charges.issue_run import issue_run, review_run

pytestmark = pytest.mark.django_db
CHECK = Check(by="周", on=date(2020, 1, 1))


@pytest.fixture(autouse=True)
def _norms(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_book(monkeypatch, book(over_plan_ladder={**ladder("quarter"), "measure": "norm"}))
    made = UseNorm(
        id="n1",
        standard="made-up",
        area="",
        valid_from=date(2020, 1, 1),
        product="棉布",
        unit="m³/t",
        general=Decimal("2.5"),
        check=CHECK,
        recorded_on=date(2020, 1, 1),
    )
    monkeypatch.setattr(norm_bases, "norms_now", lambda place: (made,))


def _output(user: WaterUser, amount: int, first: str, end: str | None, code: str = "棉布") -> None:
    ActivityFact.objects.create(
        subject=user,
        code=code,
        unit="t",
        amount=amount,
        valid_from=date.fromisoformat(first),
        valid_to=None if end is None else date.fromisoformat(end),
        recorded_at=user.created_at,
    )


def test_the_output_of_the_quarter_gives_the_base_and_its_steps(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    user = city.user("印染厂", litres=dict.fromkeys((1, 2, 3), 110_000), plan=None)
    for month in (1, 2, 3):
        _output(user, 40, f"2025-0{month}-01", f"2025-0{month + 1}-01")
    run = city.run(django_capture_on_commit_callbacks)
    charge = Charge.objects.get(run=run)
    assert (charge.volume_m3, charge.limit_m3) == (330, 300)
    assert charge.amount_yuan == Decimal("120.00")  # 30 m³ × 4.00
    names = [each.name for each in read_derivation(charge.derivation).steps]
    assert names.count("norm_product") == 3
    assert "norm_base" in names
    review_run(city.reviewer, run.pk)
    assert issue_run(city.leader, run.pk, mark="青节水", due_on=DUE) == 1


@pytest.mark.parametrize(
    ("code", "days", "missing"),
    [
        ("棉布", ("2025-01-01", "2025-03-01"), "activity_of_period"),
        ("棉布", ("2024-01-01", None), "activity_of_period"),
        ("织物", ("2025-01-01", "2025-04-01"), "norm"),
        ("棉布", ("2024-01-01", "2025-01-01"), "activity"),
    ],
)
def test_without_output_or_norm_of_the_quarter_nothing_is_charged(
    city: City,
    django_capture_on_commit_callbacks: Callbacks,
    code: str,
    days: tuple[str, str | None],
    missing: str,
) -> None:
    user = city.user("印染厂", litres=dict.fromkeys((1, 2, 3), 110_000))
    _output(user, 120, *days, code)
    charge = Charge.objects.get(run=city.run(django_capture_on_commit_callbacks))
    assert (charge.amount_yuan, charge.limit_m3) == (None, None)
    (found,) = charge.findings
    assert (found["code"], found["values"]["figure"]) == ("charges.no_norm", missing)
