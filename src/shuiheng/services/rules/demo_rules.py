"""Made-up values of the demo city, proposed by its clerk and accepted by its reviewer as any others are."""

from __future__ import annotations

from datetime import date
from typing import Any

from shuiheng.adapters.records.models import Account, LocalRule, Place
from shuiheng.services.rules.local_rules import Proposed, decide_rule, propose_rule
from shuiheng.services.rules.place_code import set_place_code

CLERK, REVIEWER = "officer", "reviewer"
CODE = "990100"
"""A code that no city has."""
TITLE, NUMBER, ISSUER = "演示城市水价与计划用水规定（虚构）", "示例〔2024〕1号", "示例市（虚构）"
SINCE, NEXT = date(2024, 1, 1), date(2027, 1, 1)
REASON = "演示用虚构规定"

LADDER = {
    "period": "month",
    "measure": "plan",
    "mode": "additional",
    "price_base": "delivered",
    "rounding": "0.01",
    "bands": [
        {"up_to": "0.10", "multiple": "1"},
        {"up_to": "0.30", "multiple": "2"},
        {"multiple": "3"},
    ],
}
TIERS = {
    "period": "year",
    "rounding": "0.01",
    "tiers": [
        {"up_to": "144", "supply": "2.10", "sewage": "0.95"},
        {"up_to": "216", "supply": "3.15", "sewage": "0.95"},
        {"supply": "6.30", "sewage": "0.95"},
    ],
    "persons": {"included": "4", "extra_m3": "36"},
    "shared": {"tier": "1"},
}
VALUES: tuple[tuple[str, Any, str, tuple[str, ...]], ...] = (
    ("charges/over_plan_ladder", LADDER, "第三条", ("百分之十", "百分之三十", "一倍", "二倍", "三倍")),
    ("charges/non_household_price", {"all": "3.60"}, "第四条", ("3.60元",)),
    ("charges/special_price", {"all": "12.00"}, "第五条", ("12.00元",)),
    ("charges/sewage_fee", {"residential": "0.95", "all": "1.40"}, "第六条", ("0.95元", "1.40元")),
    ("charges/household_tiers", TIERS, "第七条", ("144", "216", "2.10元", "3.15元", "6.30元")),
    ("charges/late_fee", {"rate_per_day": "0.0005"}, "第八条", ("万分之五",)),
)


def settle_demo_rules(city: Place) -> int:
    """Give the demo city made-up values that bind and one that waits; return how many were new.

    Without the clerk and the reviewer of the demo, or done again, there is nothing to do.
    """
    people = {each.username: each for each in Account.objects.filter(username__in=(CLERK, REVIEWER))}
    if len(people) < len((CLERK, REVIEWER)) or LocalRule.objects.filter(place=city).exists():
        return 0
    clerk, reviewer = people[CLERK], people[REVIEWER]
    if not city.code:
        city.code = set_place_code(clerk, city.pk, CODE).code
    for rule, value, clause, printed in VALUES:
        row = propose_rule(clerk, city.pk, _proposed(rule, value, clause, printed, since=SINCE))
        decide_rule(reviewer, row.pk, is_accepted=True, words=REASON)
    steeper = {
        **LADDER,
        "bands": [{"up_to": "0.05", "multiple": "1"}, {"up_to": "0.20", "multiple": "2"}, {"multiple": "4"}],
    }
    printed = ("百分之五", "百分之二十", "一倍", "二倍", "四倍")
    propose_rule(
        clerk, city.pk, _proposed("charges/over_plan_ladder", steeper, "第三条（修订）", printed, since=NEXT)
    )
    return len(VALUES) + 1


def _proposed(rule: str, value: Any, clause: str, printed: tuple[str, ...], *, since: date) -> Proposed:
    return Proposed(
        rule=rule,
        valid_from=since,
        value=value,
        title=TITLE,
        number=NUMBER,
        issuer=ISSUER,
        clause=clause,
        printed=printed,
        reason=REASON,
    )
