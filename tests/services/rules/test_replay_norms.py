"""A past year is reckoned again over norms, and under norms that nobody has adopted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from services.charges.made_up import City, book, ladder, use_book
from services.rules.norm_books import a_book, a_row
from services.rules.replaying import YEAR, Callbacks, a_proposal, city, found_of
from shuiheng.adapters.records.models import ActivityFact, Charge, Job, Place, WaterUser
from shuiheng.adapters.records.models import UseNorm as NormRow
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.rules.parameter import Check
from shuiheng.services.charges import norm_bases
from shuiheng.services.errors import NotThereError, ServiceError, WrongStateError
from shuiheng.services.rules import replay, replay_norms
from shuiheng.services.rules.norm_book import receive_norms, take_norms
from shuiheng.services.rules.replay import ask_norm_replay, replay_result
from shuiheng.services.rules.replay_norms import AskedNorm

__all__ = ["city"]
pytestmark = pytest.mark.django_db
QUARTERS = ("2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01")
CLOTH, BEDS = "棉布", "旅馆"


def _norm(number: str, product: str, unit: str, general: str) -> UseNorm:
    return UseNorm(
        id=number,
        standard="made-up",
        area="",
        valid_from=date(2020, 1, 1),
        product=product,
        unit=unit,
        general=Decimal(general),
        check=Check(by="周", on=date(2020, 1, 1)),
        recorded_on=date(2020, 1, 1),
    )


@pytest.fixture
def norms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two norms: 2.5 m³ for a tonne of cloth, 500 litres for a bed and day."""
    made = (_norm("n1", CLOTH, "m³/t", "2.5"), _norm("n2", BEDS, "L/(床·d)", "500"))
    for module in (norm_bases, replay, replay_norms):
        monkeypatch.setattr(module, "norms_now", lambda place: made)


@pytest.fixture
def by_norm(city: City, norms: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Surcharges over norms, by quarter."""
    listed = book(over_plan_ladder={**ladder("quarter"), "measure": "norm"})
    use_book(monkeypatch, listed)
    monkeypatch.setattr(replay, "rulebook_now", lambda city: listed)


def _does(user: WaterUser, what: tuple[str, str], amount: int, first: str, end: str | None = None) -> None:
    code, unit = what
    ActivityFact.objects.create(
        subject=user,
        code=code,
        unit=unit,
        amount=amount,
        valid_from=date.fromisoformat(first),
        valid_to=None if end is None else date.fromisoformat(end),
        recorded_at=user.created_at,
    )


def _mill(city: City, name: str = "印染厂", plan: str | None = None) -> WaterUser:
    """Return a mill that makes 120 t a quarter, of which norms allow 300 m³, and uses 330 m³."""
    user = city.user(name, litres=dict.fromkeys(range(1, 13), 110_000), plan=plan)
    for first, end in pairwise(QUARTERS):
        _does(user, (CLOTH, "t"), 120, first, end)
    return user


def _hotel(city: City) -> WaterUser:
    """Return a hotel of 100 beds, of which norms allow 50 m³ a day, and uses 4,800 m³ a quarter."""
    user = city.user("旅馆", litres=dict.fromkeys(range(1, 13), 1_600_000), plan=None)
    _does(user, (BEDS, "床"), 100, "2020-01-01")
    return user


def _tried(city: City, callbacks: Callbacks, **asked: Any) -> Mapping[str, Any]:
    with callbacks(execute=True):
        job = ask_norm_replay(city.clerk, city.metered.place.pk, AskedNorm(year=YEAR, **asked))
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("done", "")
    return replay_result(job)


def _cloth(value: str) -> Mapping[str, str]:
    return {"standard": "made-up", "number": "n1", "value": value}


def _by_name(found: Mapping[str, Any]) -> Mapping[str, tuple[int, int, str]]:
    return {row["name"]: (row["old"], row["new"], row["why"]) for row in found["rows"]}


def test_another_norm_moves_whoever_it_is_for_and_nobody_else(
    city: City, by_norm: None, django_capture_on_commit_callbacks: Callbacks
) -> None:
    """A tonne at 2.0 m³: 240 m³ allowed of 330; 24 at one, 24 at two and 42 at three times 4.00.

    That is 792.00 a quarter instead of 30 m³ at 4.00. The hotel is 300, 250, 200 and 200 m³ over its norm.
    """
    _mill(city)
    _hotel(city)
    city.user("无活动", litres={}, plan=None)
    odd = city.user("织造厂", litres=dict.fromkeys(range(1, 13), 1), plan=None)
    _does(odd, ("织物", "t"), 1, "2020-01-01")
    found = _tried(city, django_capture_on_commit_callbacks, **_cloth("2.0"))
    assert _by_name(found) == {
        "印染厂": (4 * 12_000, 4 * 79_200, ""),
        "旅馆": (380_000, 380_000, ""),
        "无活动": (0, 0, "volume"),
        "织造厂": (0, 0, "norm"),
    }
    totals = found["totals"]
    assert (totals["more"], totals["same"], totals["unknown"]) == (1, 1, 2)
    assert totals["new"] - totals["old"] == 4 * 67_200
    mill = next(row for row in found["rows"] if row["name"] == "印染厂")
    assert (found["unit"], mill["plan"], mill["plan_new"]) == ("fen", 1_200_000, 960_000)
    (norm,) = found["norms"]
    assert (norm["old"], norm["new"], norm["holds"]) == ("2.5 m³/t", "2.0 m³/t", True)
    assert not NormRow.objects.exists() and not Charge.objects.exists()


def test_under_a_ladder_over_plans_the_volumes_of_norms_are_compared(
    city: City, norms: None, django_capture_on_commit_callbacks: Callbacks
) -> None:
    _mill(city, plan="100")
    _hotel(city)
    city.user("无活动", litres={1: 5_000}, plan="100")
    found = _tried(city, django_capture_on_commit_callbacks, **_cloth("2.0"))
    assert found["unit"] == "litres"
    assert _by_name(found) == {
        "印染厂": (1_200_000, 960_000, ""),
        "旅馆": (365 * 50_000, 365 * 50_000, ""),
        "无活动": (0, 0, "activity"),
    }
    used = {row["name"]: row["litres"] for row in found["rows"]}
    assert used == {"印染厂": 1_320_000, "旅馆": 19_200_000, "无活动": None}


def test_a_waiting_workbook_is_tried_and_stays_waiting(
    city: City, by_norm: None, django_capture_on_commit_callbacks: Callbacks
) -> None:
    """The local norm of cloth is stricter; that of beds is looser than the one above, which holds."""
    Place.objects.filter(pk=city.metered.place.pk).update(code="370200")
    _mill(city)
    _hotel(city)
    rows = (
        a_row("1", product=CLOTH, general=Decimal("2.0"), advanced=None, valid_from=date(2026, 1, 1)),
        a_row("2", product=BEDS, unit="L/(床·d)", general=Decimal(600), advanced=None),
    )
    batch = receive_norms(city.clerk, content=a_book(*rows), name="定额.xlsx")
    found = _tried(city, django_capture_on_commit_callbacks, batch=batch.pk)
    assert _by_name(found) == {"印染厂": (48_000, 316_800, ""), "旅馆": (380_000, 380_000, "")}
    assert [(each["product"], each["holds"]) for each in found["norms"]] == [(CLOTH, True), (BEDS, False)]
    batch.refresh_from_db()
    assert batch.state == "checked" and not NormRow.objects.exists()
    take_norms(city.reviewer, batch.pk)
    with pytest.raises(WrongStateError):
        _tried(city, django_capture_on_commit_callbacks, batch=batch.pk)


def test_from_plans_to_norms_only_whoever_has_both_is_compared(
    city: City, norms: None, django_capture_on_commit_callbacks: Callbacks
) -> None:
    """20 m³ over 90 a month: 9, 9 and 2 m³ at 1, 2 and 3 times 4.00 make 132; over norms 120 a quarter."""
    _mill(city, plan="90")
    _mill(city, "新厂")
    city.user("无活动", litres=dict.fromkeys(range(1, 13), 110_000), plan="90")
    row = a_proposal(city, measure="norm", period="quarter")
    found = found_of(city, django_capture_on_commit_callbacks, row)
    assert _by_name(found) == {
        "印染厂": (158_400, 48_000, ""),
        "新厂": (0, 0, "plan"),
        "无活动": (0, 0, "activity"),
    }
    assert found["base"] == ["plan", "norm"]


def test_what_is_no_norm_to_try_is_refused(city: City, norms: None) -> None:
    def ask(**asked: Any) -> Job:
        return ask_norm_replay(city.clerk, city.metered.place.pk, AskedNorm(**({"year": YEAR} | asked)))

    for value in ("", "0", "-1", "NaN", "1e3", "0.0000001", "9" * 40, "２"):
        with pytest.raises(ServiceError, match=r"rules\.norm_value"):
            ask(**_cloth(value))
    with pytest.raises(NotThereError):
        ask(standard="made-up", number="n9", value="2")
    with pytest.raises(NotThereError):
        ask(batch=9)
    with pytest.raises(ServiceError, match=r"rules\.replay_year"):
        ask(**(_cloth("2") | {"year": 2999}))
    assert not Job.objects.filter(kind="replay").exists()
