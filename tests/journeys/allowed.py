"""Allowances, prices and a ladder for the users of a running site, written by a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from places import ROOT

MAKE = """
import django
django.setup()
from datetime import UTC, date, datetime
from decimal import Decimal
from shuiheng.adapters.records.models import (Account, AllowanceEntry, AllowanceMonth, AllowanceRound,
    Organisation, PlannedAllowance, WaterUser)
from shuiheng.services.rules.local_rules import Proposed, decide_rule, propose_rule
from shuiheng.services.rules.place_code import set_place_code
office = Organisation.objects.filter(kind="office").get()
clerk, reviewer = (Account.objects.get(username=name) for name in ("officer", "reviewer"))
set_place_code(clerk, office.place.pk, "990100")
ladder = {"period": "month", "measure": "plan", "mode": "additional", "price_base": "delivered",
          "bands": [{"up_to": "0.10", "multiple": "1"}, {"multiple": "2"}]}
for rule, value in (("charges/over_plan_ladder", ladder), ("charges/non_household_price", {"all": "4.00"})):
    row = propose_rule(clerk, office.place.pk, Proposed(rule=rule, value=value, valid_from=date(2024, 1, 1),
        title="测试水价规定（虚构）", issuer="测试", clause="第一条", printed=["一倍"], reason="测试"))
    decide_rule(reviewer, row.pk, is_accepted=True)
at = datetime(2024, 12, 20, 4, 0, tzinfo=UTC)
made = AllowanceRound.objects.create(place=office.place, authority=office, year=2025, opened_by=clerk,
    opened_at=at)
for place, user in enumerate(WaterUser.objects.order_by("pk")):
    month_m3 = Decimal(20_000 + 4_000 * place)
    allowance = PlannedAllowance.objects.create(round=made, user=user, volume_m3=month_m3 * 12,
        published_at=at)
    entry = AllowanceEntry.objects.create(allowance=allowance, kind="initial", state="approved", asked_at=at,
        effective_on=date(2025, 1, 1))
    for month in range(1, 13):
        AllowanceMonth.objects.create(entry=entry, month=date(2025, month, 1), volume_m3=month_m3)
"""


def allow_users(state: Path) -> None:
    """Publish an allowance of 2025 for each user, and accept a price and a ladder; needs a reviewer."""
    environment = {**os.environ, "SHUIHENG_STATE": str(state), "SHUIHENG_POLICY": "demo"}
    environment |= {"DJANGO_SETTINGS_MODULE": "shuiheng.web.settings", "PYTHONPATH": str(ROOT / "tests")}
    environment.pop("SHUIHENG_DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", MAKE], env=environment, check=True, capture_output=True)
