"""Prices are compared, tiers held against a list, and an amount tried with every step shown."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from services.charges import made_up
from shuiheng.services.charges import run_rules
from web.pages.charges.conftest import Desk, shown

pytestmark = pytest.mark.django_db
WRONG = 422
OVER_PLAN = {"kind": "over_plan", "go": "1", "volume": "1300", "plan": "1000", "price": "4"}
BANDS = {"up_to_1": "10", "multiple_1": "1", "up_to_2": "20", "multiple_2": "2", "multiple_3": "3"}


def test_the_gap_of_prices_is_shown_with_its_rules(desk: Desk) -> None:
    page = shown(desk.clerk, "price_gap")
    assert "9.00" in page and "12.00" in page and "2020-01-01" in page


def test_without_prices_the_gap_is_said_to_be_unknown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made_up.use_book(monkeypatch, made_up.book(special_price=None))
    assert "没有本市特种用水" in shown(desk.clerk, "price_gap")


def test_tiers_are_held_against_a_list_that_was_sent(desk: Desk) -> None:
    volumes = "\n".join(["户号,水量", *(f"{n},{n}" for n in range(1, 21))])
    sent = SimpleUploadedFile("list.csv", volumes.encode())
    page = desk.clerk.post(reverse("tier_check"), {"list": sent, "day": "2026-01-01"}).content.decode()
    assert "共 20 户" in page and "50.0 %" in page and "80.0 %" in page and "不足" in page


@pytest.mark.parametrize("volumes", ["", "只有标题", "1\n两\n3"])
def test_a_list_that_cannot_be_read_is_refused(desk: Desk, volumes: str) -> None:
    answer = desk.clerk.post(reverse("tier_check"), {"volumes": volumes})
    assert answer.status_code == WRONG


def test_a_trial_by_own_bands_shows_each_slice(desk: Desk) -> None:
    page = shown(desk.payer, "charge_trial", **OVER_PLAN, **BANDS)
    # 100 × 1 + 100 × 2 + 100 × 3 = 600 m³ at 4 yuan
    assert "2,400.00" in page and "100 × 3 × 4" in page and "不作为收费依据" in page


def test_a_trial_uses_the_rules_in_force_where_none_are_typed(desk: Desk) -> None:
    assert "2,400.00" in shown(desk.clerk, "charge_trial", **OVER_PLAN)
    page = shown(desk.clerk, "charge_trial", kind="household", go="1", volume="25", day="2025-03-01")
    assert "80.00" in page  # 10 × 2 + 10 × 3 + 5 × 6
    page = shown(desk.clerk, "charge_trial", kind="non_household", go="1", volume="10", price_class="special")
    assert "130.00" in page
    late = {"principal": "1000", "due_on": "2025-03-01", "day": "2025-03-11"}
    assert "10.00" in shown(desk.clerk, "charge_trial", kind="late_fee", go="1", **late)


@pytest.mark.parametrize(
    "typed",
    [
        {**OVER_PLAN, "volume": "许多"},
        {**OVER_PLAN, "plan": ""},
        {**OVER_PLAN, "up_to_1": "10"},
        {**OVER_PLAN, "multiple_1": "1", "up_to_1": "10"},
        {"kind": "late_fee", "go": "1", "principal": "1", "due_on": "x"},
        {"kind": "household", "go": "1", "volume": "1", "persons": "1.5"},
    ],
)
def test_a_trial_that_cannot_be_read_says_so(desk: Desk, typed: dict[str, str]) -> None:
    answer = desk.clerk.get(reverse("charge_trial"), typed)
    assert answer.status_code == WRONG
    assert 'class="messages"' in answer.content.decode()


def test_the_made_up_rules_are_those_that_the_pages_use(desk: Desk) -> None:
    assert run_rules.rulebook_now(desk.city.metered.place)["charges/special_price"].values
