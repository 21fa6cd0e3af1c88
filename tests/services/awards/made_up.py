"""A made-up city with schemes of rewards, users with known years, and the people who decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from metered_city import MeteredCity, metered_city, settle
from office import make_account, the_office
from shuiheng.adapters.records.models import (
    Account,
    Award,
    AwardScheme,
    MoneySource,
    Role,
    SchemeKind,
    WaterUser,
)
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Check, DatedValue, Mark
from shuiheng.services.awards import award_amount
from shuiheng.services.awards.ask_award import AskedAward, ask_award
from shuiheng.services.awards.award_amount import RULE, Given
from shuiheng.services.awards.conditions import Comparison, Condition, Fact
from shuiheng.services.awards.decide_award import approve_award, check_award
from shuiheng.services.awards.keep_scheme import SchemeFields, keep_scheme, open_scheme
from shuiheng.services.awards.terms import AmountMode, Repeats, Terms
from shuiheng.services.found_city import join

YEAR = 2025
SAVED_5 = Condition(fact=Fact.SAVED_SHARE, comparison=Comparison.AT_LEAST, value=Decimal("0.05"))
OF_INDUSTRY = Condition(
    fact=Fact.USE_CLASS, comparison=Comparison.AMONG, value=frozenset({"industry", "services"})
)
FIXED = Terms(mode=AmountMode.FIXED, yuan=Decimal("50000"), use_year=YEAR)
PLAIN = AskedAward(subject="节水型企业", basis="已通过验收", given=Given())


@dataclass
class City:
    """A city with those who keep, review and lead its office, and a filer of one user."""

    metered: MeteredCity
    clerk: Account
    reviewer: Account
    leader: Account

    def user(self, name: str, *, litres: tuple[int | None, int | None] = (None, None)) -> WaterUser:
        """Make a user with the same litres in each month of 2024 and of 2025; None for no readings."""
        user = self.metered.user(name, self.metered.districts[0], use_class="industry")
        meter = self.metered.meter(user)
        for year, amount in zip((YEAR - 1, YEAR), litres, strict=True):
            for month in range(1, 13):
                settle(meter, date(year, month, 1), amount)
        return user

    def filer(self, user: WaterUser) -> Account:
        """Return the person who files for a user."""
        account, is_new = Account.objects.get_or_create(username=f"filer{user.pk}")
        if is_new:
            join(account, user.organisation, Role.ENTERPRISE_FILER)
        return account

    def scheme(
        self,
        terms: Terms = FIXED,
        *,
        conditions: Sequence[Condition] = (),
        kind: SchemeKind = SchemeKind.REWARD,
        budget: str | None = "100000",
        year: int = 2026,
        is_open: bool = True,
        money: MoneySource | None = None,
    ) -> AwardScheme:
        """Make a scheme, open unless told."""
        fields = SchemeFields(
            kind=kind,
            year=year,
            title="节水奖励",
            budget=None if budget is None else Decimal(budget),
            terms=replace(terms, conditions=tuple(conditions)),
            source="青禾市节水奖励办法",
            clause="第三条",
            money=money,
        )
        row = keep_scheme(self.clerk, self.metered.place.pk, fields)
        return open_scheme(self.reviewer, row.pk) if is_open else row

    def asked(self, user: WaterUser, scheme: AwardScheme, asked: AskedAward = PLAIN) -> Award:
        """Let a user ask."""
        return ask_award(self.filer(user), user.pk, scheme.pk, asked)

    def granted(self, user: WaterUser, scheme: AwardScheme, asked: AskedAward = PLAIN) -> Award:
        """Let a user ask, the clerk check and the reviewer approve."""
        award = check_award(self.clerk, self.asked(user, scheme, asked).pk)
        return approve_award(self.reviewer, award.pk)


def irrigation(use_year: int = YEAR) -> Terms:
    """Return the terms of a subsidy for irrigation."""
    return Terms(mode=AmountMode.IRRIGATION, use_year=use_year, repeats=Repeats.YEARLY)


def use_rate(monkeypatch: pytest.MonkeyPatch, *, is_checked: bool = True, needs_meter: str = "yes") -> None:
    """Let the subsidy for irrigation be five fen for each m³ spared, at most 200 yuan."""
    since, shipped = date(2020, 1, 1), shipped_rulebook()
    held = DatedValue(
        rule=RULE,
        area="",
        valid_from=since,
        value={"rate": Decimal("0.05"), "cap": Decimal(200), "needs_meter": needs_meter},
        source="made-up",
        clause="第五条",
        printed=("0.05",),
        mark=Mark.FOUND,
        check=Check(by="周", on=since) if is_checked else None,
        recorded_on=since,
    )
    book = Rulebook(dict(shipped) | {RULE: replace(shipped[RULE], values=(held,))})
    monkeypatch.setattr(award_amount, "rulebook_now", lambda city: book)


@pytest.fixture
def city(db: None) -> City:
    """A city with one district and an office of three."""
    office = the_office()
    return City(
        metered=metered_city(office.place, office, "东河区"),
        clerk=make_account("clerk", Role.OFFICE_CLERK),
        reviewer=make_account("reviewer", Role.OFFICE_REVIEWER),
        leader=make_account("leader", Role.OFFICE_LEADER),
    )
