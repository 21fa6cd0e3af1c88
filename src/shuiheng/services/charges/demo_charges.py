"""Charges of the demo city: made-up checked rules, one issued surcharge, paid and refunded by two persons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from shuiheng.adapters.records.models import Account, Charge, ChargeEntryKind, ChargeRun, LocalRule, Place
from shuiheng.metering.civil_time import months_before
from shuiheng.services.charges.charge_jobs import ask_compute, do_charge_job
from shuiheng.services.charges.issue_run import issue_run, review_run
from shuiheng.services.charges.keep_entries import AskedBack, Paid, ask_back, record_payment, release
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.make_run import make_run
from shuiheng.services.rules.local_rules import Proposed, decide_rule, propose_rule

PEOPLE = ("officer", "reviewer", "leader")
TITLE, NUMBER, MARK = "演示城市水价与超计划加价办法（虚构）", "示发改〔2025〕2号（虚构）", "示节费"
MADE_UP = "演示用虚构规则"
MONTHS_BACK, DAYS_TO_PAY = 3, 30
REFUND = Decimal("100.00")
RULES: Mapping[str, Any] = MappingProxyType(
    {
        "over_plan_ladder": {
            "period": "month",
            "measure": "plan",
            "mode": "additional",
            "price_base": "delivered",
            "rounding": "0.01",
            "bands": [
                {"up_to": "0.10", "multiple": "1"},
                {"up_to": "0.20", "multiple": "1.5"},
                {"up_to": "0.30", "multiple": "2"},
                {"up_to": None, "multiple": "3"},
            ],
        },
        "non_household_price": {"all": "3.85"},
        "special_price": {"all": "13.50"},
        "sewage_fee": {"residential": "0.95", "all": "1.40"},
        "resource_fee": {"all": "0.20"},
        "household_tiers": {
            "period": "month",
            "rounding": "0.01",
            "tiers": [
                {"up_to": "15", "supply": "2.60", "sewage": "0.95"},
                {"up_to": "24", "supply": "3.90", "sewage": "0.95"},
                {"up_to": None, "supply": "7.80", "sewage": "0.95"},
            ],
            "persons": {"included": "4", "extra_m3": "4"},
            "shared": {"supply": "2.80", "sewage": "0.95"},
        },
        "late_fee": {"rate_per_day": "0.0005", "cap_share": "1", "grace_days": "0"},
    }
)


def settle_demo_charges(city: Place, month: date | None = None) -> int:
    """Make a run of surcharges of a past month and issue it; return how many charges were issued.

    Doing it again adds nothing; without the made-up people of the demo there is nothing to do, and where
    nobody exceeded its plan in the month, the run stays a draft.

    Args:
        city: The demo city.
        month: First day of the month; that of some months ago unless given.
    """
    people = [Account.objects.filter(username=name).first() for name in PEOPLE]
    officer, reviewer, leader = people
    if ChargeRun.objects.filter(place=city).exists() or not (officer and reviewer and leader):
        return 0
    month = month or months_before(timezone.localdate().replace(day=1), MONTHS_BACK)
    _accept_rules(officer, reviewer, city, first=date(month.year - 1, 1, 1))
    run = make_run(officer, city.pk, RunKind.OVER_PLAN, last=month)
    do_charge_job(ask_compute(officer, run.pk).pk)
    due = Charge.objects.filter(run=run, amount_yuan__gt=0)
    if not due.exists():
        return 0
    review_run(reviewer, run.pk)
    due_on = timezone.localdate() + timedelta(days=DAYS_TO_PAY)
    count = issue_run(leader, run.pk, mark=MARK, due_on=due_on)
    _pay_and_refund(officer, reviewer, due.order_by("pk")[0])
    return count


def _accept_rules(officer: Account, reviewer: Account, city: Place, *, first: date) -> None:
    """Have the made-up values proposed by one person and accepted by another, as in a real city."""
    for name, value in RULES.items():
        rule = f"charges/{name}"
        if LocalRule.objects.filter(place=city, rule=rule).exists():
            continue
        wanted = Proposed(
            rule=rule,
            valid_from=first,
            value=value,
            title=TITLE,
            number=NUMBER,
            issuer=city.name,
            clause="第三条（虚构）",
            printed=("（虚构）",),
            reason=MADE_UP,
        )
        decide_rule(reviewer, propose_rule(officer, city.pk, wanted).pk, is_accepted=True, words=MADE_UP)


def _pay_and_refund(officer: Account, reviewer: Account, charge: Charge) -> None:
    """Pay a charge in full and give a part of it back, one person asking and another releasing."""
    amount = charge.amount_yuan or Decimal(0)
    today = timezone.localdate()
    record_payment(officer, charge.pk, Paid(amount=amount, on=today, receipt="DEMO-0001"))
    asked = AskedBack(
        kind=ChargeEntryKind.REFUND, amount=min(REFUND, amount), reason="水表检定偏快，退还多收部分（演示）"
    )
    release(reviewer, ask_back(officer, charge.pk, asked).pk, note="检定证书已核实（演示）")
