"""The allowance year of the demo city: made-up rules, a cap that does not suffice, some applications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    AllowanceRound,
    LocalRule,
    Place,
    PlannedAllowance,
    WaterUser,
)
from shuiheng.allowances.model import MONTHS
from shuiheng.services.allowances.change_allowance import Wanted, ask_change, rebalance
from shuiheng.services.allowances.compute_round import ask_computation
from shuiheng.services.allowances.keep_cap import CapFields, set_cap
from shuiheng.services.allowances.open_round import open_round
from shuiheng.services.allowances.propose_allowance import (
    ProposalFields,
    last_year_of,
    propose_allowance,
)
from shuiheng.services.allowances.publish_round import ask_publication
from shuiheng.services.allowances.review_round import review_round
from shuiheng.services.allowances.round_jobs import work_on_round
from shuiheng.services.allowances.set_volume import set_volume
from shuiheng.services.permission import Action
from shuiheng.services.readings.demo_filing import FILING_USER
from shuiheng.services.rules.local_rules import Proposed, decide_rule, propose_rule
from shuiheng.services.scope import sight

PEOPLE = ("officer", "reviewer", "leader", "enterprise")
TITLE, NUMBER, MARK = "演示城市计划用水管理办法（虚构）", "示水〔2025〕1号（虚构）", "示节计"
MADE_UP, CAP_BASIS = "演示用虚构规则", "示水〔2025〕8号（虚构）"
INDUSTRY_M3, TAP_M3 = Decimal(560_000), Decimal(24_000)
RULES: Mapping[str, Any] = MappingProxyType(
    {
        "covered": {"all_non_household": "covered"},
        "method": {
            "method": "first_known",
            "of": [
                {"method": "norm"},
                {"method": "several_year_mean", "years": "3", "growth": "none"},
                {"method": "proposal"},
            ],
            "rounding": {"step": "10", "to": "up"},
        },
        "shortage_sharing": {"way": "proportional", "step": "10"},
        "monthly_split": {"own_within": "30", "otherwise": "last_year", "step": "1"},
        "adjustment": {"decide_within": "10", "silence": "nothing"},
    }
)


def settle_demo_allowances(city: Place) -> int:
    """Make the plan of this year and open that of the next; return how many allowances were published.

    Doing it again adds nothing; without the made-up people and users of the demo there is nothing to do.
    """
    people = {name: Account.objects.filter(username=name).first() for name in PEOPLE}
    user = WaterUser.objects.filter(city=city, organisation__name=FILING_USER).first()
    officer, reviewer, leader, filer = (people[name] for name in PEOPLE)
    is_there = AllowanceRound.objects.filter(place=city).exists()
    if is_there or user is None or not (officer and reviewer and leader and filer):
        return 0
    year = timezone.localdate().year
    _accept_rules(officer, reviewer, city)
    round_ = open_round(officer, city.pk, year=year)
    cap = CapFields(year=year, volume_m3=INDUSTRY_M3, basis=CAP_BASIS, use_class="industry")
    set_cap(officer, city.pk, cap)
    _compute(officer, round_)
    _set_taps(officer, round_)
    _compute(officer, round_)
    review_round(reviewer, round_.pk)
    job = ask_publication(leader, round_.pk, mark=MARK, with_unchecked=True)
    work_on_round(job.pk)
    _ask(filer, round_, user)
    _propose(filer, open_round(officer, city.pk, year=year + 1), user)
    return PlannedAllowance.objects.filter(round=round_, published_at__isnull=False).count()


def _accept_rules(officer: Account, reviewer: Account, city: Place) -> None:
    """Have the made-up rules proposed by one person and accepted by another, as in a real city."""
    first = date(timezone.localdate().year - 1, 1, 1)
    for name, value in RULES.items():
        rule = f"allowances/{name}"
        if LocalRule.objects.filter(place=city, rule=rule).exists():
            continue
        wanted = Proposed(
            rule=rule,
            valid_from=first,
            value=value,
            title=TITLE,
            number=NUMBER,
            issuer=city.name,
            clause="（虚构）",
            printed=("（虚构）",),
            reason=MADE_UP,
        )
        decide_rule(reviewer, propose_rule(officer, city.pk, wanted).pk, is_accepted=True, words=MADE_UP)


def _compute(officer: Account, round_: AllowanceRound) -> None:
    work_on_round(ask_computation(officer, round_.pk).pk)
    round_.refresh_from_db()


def _set_taps(officer: Account, round_: AllowanceRound) -> None:
    """Set by hand what no meter tells, for the user that files."""
    rows = round_.allowances.filter(volume_m3__isnull=True, user__organisation__name=FILING_USER)
    for row in rows:
        set_volume(officer, row.pk, volume_m3=TAP_M3, reason="该水源无计量数据，按申报核定（演示）")


def _ask(filer: Account, round_: AllowanceRound, user: WaterUser) -> None:
    """Move water between two open months, and ask for more."""
    row = round_.allowances.filter(user=user, published_at__isnull=False).order_by("-volume_m3").first()
    if row is None:
        return
    month, months = timezone.localdate().month, [Decimal(each) for each in row.months]
    if month < MONTHS:
        moved = Decimal(1500)
        months[month - 1] -= moved
        months[MONTHS - 1] += moved
        rebalance(filer, row.pk, months, reason="生产安排调整（演示）")
    more = [Decimal(0)] * (MONTHS - 1) + [Decimal(8_000)]
    ask_change(filer, row.pk, "increase", Wanted(months=more, reason="新增染整订单（演示）"))


def _propose(filer: Account, round_: AllowanceRound, user: WaterUser) -> None:
    seen = sight(filer, Action.ALLOWANCES_ASK)
    for source in user.sources.order_by("number"):
        last = last_year_of(seen, user, source, round_.year)
        if last.m3 is not None:
            months = [(each or Decimal(0)) // 1 for each in last.months]
            what = ProposalFields(months=months, reason="按上年用水申报（演示）")
            propose_allowance(filer, round_.pk, user.pk, source.pk, what)
