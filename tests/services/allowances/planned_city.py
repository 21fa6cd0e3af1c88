"""A small city with a settled past, and the people who make, review and publish its allowances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from office import make_account, the_office
from services.ledger.used_city import add_used
from shuiheng.adapters.records.models import (
    Account,
    AllowanceRound,
    Job,
    LocalRule,
    LocalRuleState,
    PlannedAllowance,
    Role,
    WaterUser,
)
from shuiheng.services.allowances.compute_round import ask_computation
from shuiheng.services.allowances.keep_cap import CapFields, set_cap
from shuiheng.services.allowances.open_round import open_round
from shuiheng.services.allowances.publish_round import ask_publication
from shuiheng.services.allowances.review_round import review_round
from shuiheng.services.allowances.round_jobs import work_on_round
from shuiheng.services.create_first_users import ensure_user

YEAR = 2026
PAST = (2023, 2024, 2025)
EVERYBODY = {"all_non_household": "covered"}
PROPORTIONAL = {"way": "proportional", "step": "1"}


@dataclass
class PlannedCity:
    """People and users of the city.

    Args:
        clerk: Opens and computes.
        reviewer: Reviews and decides.
        leader: Publishes.
        mill: A great user: 1,000 m³ a month.
        school: A small one: 100 m³ a month.
    """

    clerk: Account
    reviewer: Account
    leader: Account
    mill: WaterUser
    school: WaterUser

    @property
    def place(self) -> int:
        """The key of the city."""
        return the_office().place.pk

    def filer(self, user: WaterUser, name: str = "filer") -> Account:
        """Return somebody of a water user."""
        return ensure_user(name, display_name=name, roles=((user.organisation, Role.ENTERPRISE_FILER),))[0]

    def allowance(self, user: WaterUser) -> PlannedAllowance:
        """Return the newest allowance of a user."""
        return PlannedAllowance.objects.filter(user=user).latest("round__year")


def planned_city(clerk: Account) -> PlannedCity:
    """Return a city of two users with three settled years, and a rule on who is covered."""
    local_rule(clerk, "allowances/covered", EVERYBODY)
    local_rule(clerk, "allowances/shortage_sharing", PROPORTIONAL)
    return PlannedCity(
        clerk=clerk,
        reviewer=make_account("fu", Role.OFFICE_REVIEWER),
        leader=make_account("zhang", Role.OFFICE_LEADER),
        mill=add_used(clerk, "青禾印染厂", 1000, years=PAST),
        school=add_used(clerk, "青禾中学", 100, years=PAST, use_class="services"),
    )


def local_rule(account: Account, rule: str, value: object) -> LocalRule:
    """Make a value of the city that was accepted."""
    return LocalRule.objects.create(
        place=the_office().place,
        rule=rule,
        area=the_office().place.code,
        valid_from=date(2025, 1, 1),
        value=value,
        source_title="青禾市计划用水办法",
        source_number="青禾〔2020〕1号",
        clause="第一条",
        reason="测试",
        state=LocalRuleState.ACCEPTED,
        proposed_by=account,
        proposed_at=timezone.now(),
        decided_at=timezone.now(),
    )


def computed_round(city: PlannedCity, *, cap_m3: str = "") -> AllowanceRound:
    """Return a computed round, under a cap for the whole city where one is given."""
    if cap_m3:
        set_cap(
            city.clerk, city.place, CapFields(year=YEAR, volume_m3=Decimal(cap_m3), basis="青禾〔2025〕9号")
        )
    round_ = open_round(city.clerk, city.place, year=YEAR)
    compute(city, round_)
    return round_


def compute(city: PlannedCity, round_: AllowanceRound) -> Job:
    """Compute a round, and return the job as it ended."""
    return _done(ask_computation(city.clerk, round_.pk), round_)


def publish(city: PlannedCity, round_: AllowanceRound) -> Job:
    """Publish a round, and return the job as it ended."""
    return _done(ask_publication(city.leader, round_.pk, mark="青节计", with_unchecked=True), round_)


def _done(job: Job, round_: AllowanceRound) -> Job:
    work_on_round(job.pk)
    round_.refresh_from_db()
    return Job.objects.get(pk=job.pk)


def published_round(city: PlannedCity, *, cap_m3: str = "") -> AllowanceRound:
    """Return a published round."""
    round_ = computed_round(city, cap_m3=cap_m3)
    review_round(city.reviewer, round_.pk)
    publish(city, round_)
    return round_
