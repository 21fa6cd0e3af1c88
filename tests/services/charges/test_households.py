"""A household pays by tiers for its persons; where nobody says that it is one, the meter is shared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.charges.made_up import VALUES, Callbacks, City, book, use_book
from shuiheng.adapters.records.models import ActivityFact, Charge, Role, WaterUser
from shuiheng.rules.in_force import Rulebook
from shuiheng.services.charges.households import HOUSEHOLDS, PERSONS, Home, homes_on
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.price_reports import ledger_tier_report
from shuiheng.services.create_first_users import ensure_user
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
TIERS = {**VALUES["charges/household_tiers"], "persons": {"included": Decimal(4), "extra_m3": Decimal(2)}}  # type: ignore[dict-item]


def _home(
    city: City,
    name: str,
    litres: dict[int, int | None],
    *,
    households: int | None,
    persons: int | None = None,
) -> WaterUser:
    user = city.user(name, litres=litres, plan=None)
    city.restate(user, price_class="residential")
    for code, amount in ((HOUSEHOLDS, households), (PERSONS, persons)):
        if amount is not None:
            _say(user, code, amount, "2020-01-01")
    return user


def _say(user: WaterUser, code: str, amount: int, first: str, end: str | None = None) -> None:
    ActivityFact.objects.create(
        subject=user,
        code=code,
        unit="户" if code == HOUSEHOLDS else "人",
        amount=amount,
        valid_from=date.fromisoformat(first),
        valid_to=None if end is None else date.fromisoformat(end),
        recorded_at=user.created_at,
    )


def _bill(city: City, callbacks: Callbacks, month: int = 3) -> tuple[Decimal | None, list[str]]:
    charge = Charge.objects.get(run=city.run(callbacks, RunKind.HOUSEHOLD, month=month))
    return charge.amount_yuan, [each["code"] for each in charge.findings]


@pytest.mark.parametrize(
    ("who", "owed"),
    [
        ((1, 4), ("80.00", [])),  # 10 × 2 + 10 × 3 + 5 × 6
        ((1, 6), ("64.00", [])),  # edges 14 and 24: 14 × 2 + 10 × 3 + 1 × 6
        ((1, None), ("80.00", ["charges.persons_unknown"])),
        ((2, 8), ("50.00", [])),  # shared: 25 × 2
        ((None, 4), ("50.00", ["charges.taken_as_shared"])),
    ],
)
def test_persons_move_the_edges_of_one_household_and_a_shared_meter_has_one_price(
    city: City,
    django_capture_on_commit_callbacks: Callbacks,
    monkeypatch: pytest.MonkeyPatch,
    who: tuple[int | None, int | None],
    owed: tuple[str, list[str]],
) -> None:
    use_book(monkeypatch, book(household_tiers=TIERS))
    _home(city, "王家", {3: 25_000}, households=who[0], persons=who[1])
    assert _bill(city, django_capture_on_commit_callbacks) == (Decimal(owed[0]), owed[1])


def test_tiers_of_two_months_and_of_the_year_add_up_their_months(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    _home(city, "王家", {1: 5_000, 2: 20_000, **dict.fromkeys(range(3, 13), 0)}, households=1, persons=3)
    for period, month in (("two_months", 2), ("year", 12)):
        use_book(monkeypatch, book(household_tiers={**TIERS, "period": period}))
        assert _bill(city, django_capture_on_commit_callbacks, month) == (Decimal("80.00"), [])


def test_a_change_of_prices_inside_the_period_splits_the_bill_by_days(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = book()
    rule = made["charges/household_tiers"]
    dearer = {
        **VALUES["charges/household_tiers"],
        "tiers": ({"supply": Decimal(4)},),
        "shared": {"tier": Decimal(1)},
    }  # type: ignore[dict-item]
    later = replace(rule.values[0], valid_from=date(2025, 4, 16), value=dearer)
    use_book(monkeypatch, Rulebook({**made, rule.id: replace(rule, values=(*rule.values, later))}))
    _home(city, "王家", {4: 10_000}, households=1, persons=3)
    # 5 m³ in each half of April: 5 × 2 within an edge of 5, and 5 × 4
    assert _bill(city, django_capture_on_commit_callbacks, 4) == (Decimal("30.00"), [])


def test_what_is_said_of_a_home_holds_for_its_days(city: City) -> None:
    user = city.user("王家", litres={}, plan=None)
    _say(user, HOUSEHOLDS, 1, "2020-01-01")
    _say(user, PERSONS, 3, "2020-01-01", "2025-03-01")
    _say(user, PERSONS, 5, "2025-03-01")
    seen = sight(city.clerk, Action.CHARGES_KEEP)
    for day, persons in ((date(2025, 2, 28), 3), (date(2025, 3, 1), 5)):
        assert homes_on(seen, city.metered.place, day) == {user.pk: Home(households=1, persons=persons)}


def test_the_tiers_are_held_against_the_households_of_the_ledger(city: City) -> None:
    for number in range(1, 21):
        _home(city, f"王家{number}", {2: number * 1000}, households=1)
    _home(city, "小区", {2: 900_000}, households=300)
    _home(city, "李家", {2: None}, households=1)
    report = ledger_tier_report(city.clerk, city.metered.place.pk, on=date(2025, 3, 15))
    assert (report.households, report.unknown, report.months) == (20, 1, (date(2025, 2, 1),))
    assert (report.covers[0].share, report.covers[0].wanted_edge_m3) == (Decimal("0.5"), Decimal(16))
    with pytest.raises(ServiceError) as refused:
        ledger_tier_report(city.clerk, city.metered.place.pk, on=date(2025, 2, 15))
    assert refused.value.code == "charges.no_volumes"


def test_the_water_of_households_is_counted_for_nobody_who_sees_a_part_only(city: City) -> None:
    home = _home(city, "王家", {2: 1000}, households=1)
    filer = ensure_user("wang", display_name="王", roles=((home.organisation, Role.ENTERPRISE_FILER),))[0]
    with pytest.raises(NotPermittedError):
        ledger_tier_report(filer, city.metered.place.pk, on=date(2025, 3, 15))
