"""A made-up city whose users have allowances, prices and a ladder, for tests of charges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from metered_city import MeteredCity, metered_city, settle
from office import make_account, the_office
from shuiheng.adapters.records.models import (
    Account,
    AllowanceEntry,
    AllowanceMonth,
    AllowanceRound,
    Charge,
    ChargeRun,
    PlannedAllowance,
    Role,
    SourceFact,
    WaterUser,
)
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Check, DatedValue, Mark, Value
from shuiheng.services.charges import run_rules
from shuiheng.services.charges.charge_jobs import ask_compute
from shuiheng.services.charges.issue_run import issue_run, review_run
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.make_run import make_run

SINCE, AT = date(2020, 1, 1), datetime(2025, 1, 1, tzinfo=UTC)
DUE = date(2099, 1, 1)
Callbacks = DjangoCaptureOnCommitCallbacks


def ladder(period: str = "month") -> Mapping[str, Value]:
    """Return a ladder of one, two and three times the price above 10 % and 20 %."""
    bands = tuple(
        {"multiple": Decimal(multiple)} | ({"up_to": Decimal(edge)} if edge else {})
        for edge, multiple in (("0.10", 1), ("0.20", 2), ("", 3))
    )
    return {
        "period": period,
        "measure": "plan",
        "mode": "additional",
        "price_base": "delivered",
        "rounding": Decimal("0.01"),
        "bands": bands,
    }


VALUES: Mapping[str, Value] = {
    "charges/over_plan_ladder": ladder(),
    "charges/non_household_price": {"all": Decimal("3.00")},
    "charges/special_price": {"all": Decimal("12.00")},
    "charges/sewage_fee": {"residential": Decimal("0.50"), "all": Decimal("1.00")},
    "charges/household_tiers": {
        "period": "month",
        "tiers": (
            {"up_to": Decimal(10), "supply": Decimal(2)},
            {"up_to": Decimal(20), "supply": Decimal(3)},
            {"supply": Decimal(6)},
        ),
        "shared": {"tier": Decimal(1)},
    },
    "charges/resource_tax_rate": {"surface_other": Decimal("0.40"), "ground_other": Decimal("1.60")},
    "charges/resource_tax_over_plan": ladder("year_to_date"),
    "charges/late_fee": {"rate_per_day": Decimal("0.001")},
}


def book(*, unchecked: str = "", **changed: Value) -> Rulebook:
    """Return the shipped rules with made-up values in force in every place.

    Args:
        unchecked: Id of a rule whose value nobody checked.
        changed: Values that differ, by the name behind `charges/`; None for no value at all.
    """
    shipped = shipped_rulebook()
    rules = dict(shipped)
    for rule, value in {**VALUES, **{f"charges/{name}": value for name, value in changed.items()}}.items():
        held = DatedValue(
            rule=rule,
            area="",
            valid_from=SINCE,
            value=value,
            source="made-up",
            clause="第三条",
            printed=("1",),
            mark=Mark.FOUND,
            check=None if rule == unchecked else Check(by="周", on=SINCE),
            recorded_on=SINCE,
        )
        rules[rule] = replace(shipped[rule], values=() if value is None else (held,))
    return Rulebook(rules)


def use_book(monkeypatch: pytest.MonkeyPatch, made: Rulebook) -> None:
    """Let every run compute by a rulebook."""
    monkeypatch.setattr(run_rules, "rulebook_now", lambda city: made)


@dataclass
class City:
    """A city with a clerk, a reviewer and a head of its office."""

    metered: MeteredCity
    clerk: Account
    reviewer: Account
    leader: Account

    def user(self, name: str, *, litres: Mapping[int, int | None], plan: str | None = "100") -> WaterUser:
        """Make a user with its litres by month of 2025, and the same m³ of allowance in each month."""
        user = self.metered.user(name, self.metered.districts[0], use_class="industry")
        meter = self.metered.meter(user)
        for month, amount in litres.items():
            settle(meter, date(2025, month, 1), amount)
        if plan is not None:
            self.allow(user, Decimal(plan))
        return user

    def restate(self, user: WaterUser, **facts: str) -> None:
        """Let the ledger say something else of the source of a user, from the beginning."""
        source = user.sources.get()
        source.facts.update(superseded_at=AT)
        SourceFact.objects.create(
            **({"subject": source, "water_kind": "tap", "valid_from": SINCE, "recorded_at": AT} | facts)
        )

    def allow(self, user: WaterUser, month_m3: Decimal) -> PlannedAllowance:
        """Publish an allowance with the same volume in each month of 2025."""
        plain = {"place": self.metered.place, "authority": self.metered.keeper, "year": 2025}
        made = {"opened_by": self.clerk, "opened_at": AT}
        round_, _ = AllowanceRound.objects.get_or_create(**plain, defaults=made)
        allowance = PlannedAllowance.objects.create(
            round=round_, user=user, volume_m3=month_m3 * 12, published_at=AT
        )
        entry = AllowanceEntry.objects.create(
            allowance=allowance,
            kind="initial",
            state="approved",
            asked_at=AT,
            decided_at=AT,
            effective_on=date(2025, 1, 1),
        )
        for month in range(1, 13):
            AllowanceMonth.objects.create(entry=entry, month=date(2025, month, 1), volume_m3=month_m3)
        return allowance

    def run(self, callbacks: Callbacks, kind: RunKind = RunKind.OVER_PLAN, month: int = 3) -> ChargeRun:
        """Return a computed run of a month of 2025."""
        run = make_run(self.clerk, self.metered.place.pk, kind, last=date(2025, month, 1))
        with callbacks(execute=True):
            ask_compute(self.clerk, run.pk)
        run.refresh_from_db()
        return run

    def issued(self, callbacks: Callbacks, month: int = 3) -> Charge:
        """Return the first charge of an issued run."""
        run = self.run(callbacks, month=month)
        review_run(self.reviewer, run.pk)
        issue_run(self.leader, run.pk, mark="青节水", due_on=DUE)
        return Charge.objects.filter(run=run, state="issued").order_by("pk")[0]


def made_up_city(clerk: Account) -> City:
    """Return a city of the office of the tests."""
    office = the_office()
    return City(
        metered=metered_city(office.place, office, "东区"),
        clerk=clerk,
        reviewer=make_account("fuhe", Role.OFFICE_REVIEWER, display_name="复核员"),
        leader=make_account("zhuren", Role.OFFICE_LEADER, display_name="主任"),
    )
