"""Rewards and subsidies of the demo city: made-up schemes, and applications at each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    AwardMatter,
    AwardScheme,
    LocalRule,
    MoneySource,
    Place,
    SchemeKind,
    WaterUser,
)
from shuiheng.services.awards.ask_award import AskedAward, ask_award, enter_award
from shuiheng.services.awards.award_amount import RULE, Given
from shuiheng.services.awards.conditions import Comparison, Condition, Fact
from shuiheng.services.awards.decide_award import approve_award, check_award
from shuiheng.services.awards.keep_scheme import SchemeFields, keep_scheme, open_scheme
from shuiheng.services.awards.pay_award import pay_award
from shuiheng.services.awards.terms import AmountMode, Repeats, Terms
from shuiheng.services.errors import ServiceError
from shuiheng.services.readings.demo_filing import FILING_USER
from shuiheng.services.rules.local_rules import Proposed, decide_rule, propose_rule

PEOPLE = ("officer", "reviewer", "enterprise")
FACTORY, FARM = "示例食品有限公司", "示例灌区管理所"
TITLE, CLAUSE, MADE_UP = "演示城市节水奖补办法（虚构）", "（虚构）", "演示用虚构规则"
RATE: Mapping[str, Any] = MappingProxyType({"rate": "0.05", "cap": "200000", "needs_meter": "yes"})
TITLE_WON = "创建节水型企业"
CONDITIONS = (
    Condition(fact=Fact.USE_CLASS, comparison=Comparison.AMONG, value=frozenset({"industry", "services"})),
    Condition(fact=Fact.SAVED_SHARE, comparison=Comparison.AT_LEAST, value=Decimal(0)),
    Condition(fact=Fact.OVERDUE_YUAN, comparison=Comparison.AT_MOST, value=Decimal(0)),
)
FIELD = Given(crop="小麦", area_mu=Decimal(52_000), norm_m3_mu=Decimal(180))


def settle_demo_awards(city: Place) -> int:
    """Make schemes and applications; return how many applications there are.

    Doing it again adds nothing; without the made-up people and users of the demo there is nothing to do.
    """
    officer, reviewer, filer = (Account.objects.filter(username=name).first() for name in PEOPLE)
    users = {
        name: WaterUser.objects.filter(city=city, organisation__name=name).first()
        for name in (FILING_USER, FACTORY, FARM)
    }
    dyer, factory, farm = (users[name] for name in (FILING_USER, FACTORY, FARM))
    is_there = AwardScheme.objects.filter(place=city).exists()
    if is_there or not (officer and reviewer and filer and dyer and factory and farm):
        return 0
    _accept_rate(officer, reviewer, city)
    rewards = _opened(officer, reviewer, city, _rewards())
    works = _opened(officer, reviewer, city, _works())
    fields = _opened(officer, reviewer, city, _fields())
    won = AskedAward(
        subject=TITLE_WON, basis="已通过市级验收并公布（演示）", given=Given(), matter=AwardMatter.TITLE
    )
    ask_award(filer, dyer.pk, rewards.pk, won)
    _paid(officer, reviewer, enter_award(officer, factory.pk, rewards.pk, won).pk)
    again = AskedAward(
        subject=TITLE_WON,
        basis="冷却水循环改造（演示）",
        given=Given(cost_yuan=Decimal(260_000)),
        matter=AwardMatter.WORKS,
    )
    check_award(officer, enter_award(officer, factory.pk, works.pk, again).pk)
    spared = AskedAward(
        subject="一号支渠灌片",
        basis="全年计量，低于灌溉定额（演示）",
        given=FIELD,
        matter=AwardMatter.IRRIGATION,
    )
    enter_award(officer, farm.pk, fields.pk, spared)
    return sum(scheme.awards.count() for scheme in (rewards, works, fields))


def _accept_rate(officer: Account, reviewer: Account, city: Place) -> None:
    """Have the made-up rate proposed by one person and accepted by another, as in a real city."""
    if LocalRule.objects.filter(place=city, rule=RULE).exists():
        return
    wanted = Proposed(
        rule=RULE,
        valid_from=date(timezone.localdate().year - 1, 1, 1),
        value=dict(RATE),
        title=TITLE,
        issuer=city.name,
        clause=CLAUSE,
        printed=(CLAUSE,),
        reason=MADE_UP,
    )
    decide_rule(reviewer, propose_rule(officer, city.pk, wanted).pk, is_accepted=True, words=MADE_UP)


def _opened(officer: Account, reviewer: Account, city: Place, fields: SchemeFields) -> AwardScheme:
    return open_scheme(reviewer, keep_scheme(officer, city.pk, fields).pk)


def _paid(officer: Account, reviewer: Account, key: int) -> None:
    """Check, approve and pay an award as far as the made-up ledger bears it."""
    check_award(officer, key)
    try:
        approve_award(reviewer, key, reason="已查验水费缴纳凭证（演示）")
    except ServiceError:
        return
    pay_award(officer, key, on=timezone.localdate(), receipt="演示凭证0001")


def _rewards() -> SchemeFields:
    year = timezone.localdate().year
    terms = Terms(mode=AmountMode.FIXED, yuan=Decimal(50_000), use_year=year - 1, conditions=CONDITIONS)
    return _scheme(SchemeKind.REWARD, "节水型企业奖励（演示）", Decimal(200_000), terms)


def _works() -> SchemeFields:
    year = timezone.localdate().year
    terms = Terms(
        mode=AmountMode.SHARE,
        share=Decimal("0.3"),
        most=Decimal(100_000),
        use_year=year - 1,
        conditions=CONDITIONS[:1],
    )
    return _scheme(SchemeKind.SUBSIDY, "节水改造补助（演示）", Decimal(300_000), terms)


def _fields() -> SchemeFields:
    year = timezone.localdate().year
    terms = Terms(mode=AmountMode.IRRIGATION, use_year=year - 1, repeats=Repeats.YEARLY)
    return _scheme(SchemeKind.IRRIGATION, "农业用水精准补贴（演示）", Decimal(150_000), terms)


def _scheme(kind: SchemeKind, title: str, budget: Decimal, terms: Terms) -> SchemeFields:
    year = timezone.localdate().year
    return SchemeFields(
        kind=kind,
        year=year,
        title=title,
        budget=budget,
        terms=terms,
        source=TITLE,
        clause=CLAUSE,
        money=MoneySource.CITY,
    )
