"""A year and a half of settled months in the city of a running site, written by a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from places import ROOT

MAKE = """
import json, sys, django
django.setup()
from datetime import UTC, date, datetime
from metered_city import metered_city, settle
from shuiheng.adapters.records.models import MeterFinding, Organisation
from shuiheng.metering.civil_time import month_after
office = Organisation.objects.filter(kind="office").get()
city = metered_city(office.place, office, *json.loads(sys.argv[1]))
classes = (("industry", "1713", "印染厂"), ("services", "8411", "医院"), ("services", "8334", "中学"),
           ("industry", "2621", "化肥厂"))
at, told = datetime(2026, 1, 20, 4, 0, tzinfo=UTC), {}
for place, district in enumerate(city.districts):
    for order, (use_class, code, name) in enumerate(classes):
        user = city.user(district.name[:2] + name, district, use_class=use_class, industry_code=code)
        meter = city.meter(user)
        month, number = date(2024, 7, 1), 0
        while month <= date(2025, 12, 1):
            litres = (place + 2) * (order + 1) * (9_000_000 + 1_500_000 * (number % 12)) + number * 77_000
            if (place, order) == (1, 2) and month > date(2025, 8, 1):
                pass
            elif (place + order + number) % 9 == 0:
                settle(meter, month, litres * 3 // 4, measured_seconds=20 * 86400,
                       estimated_seconds=10 * 86400, estimated_litres=litres // 4)
            else:
                settle(meter, month, litres, measured_seconds=28 * 86400, spread_seconds=2 * 86400)
            month, number = month_after(month), number + 1
        plain = {"meter": meter, "at": at, "found_at": at, "severity": "warn", "rule": "V7"}
        told = {"meter": meter.number, "at": "2025-12-20 12:00", "since": "2025-12-01 00:00", "hours": 460,
                "expected": 310, "before": 912, "after": 90, "seconds": 420}
        if (place, order) == (1, 2):
            MeterFinding.objects.create(code="metering.silent", mark="s", values=told,
                                        **(plain | {"severity": "disqualify", "rule": "V2"}))
        if order == place % 4:
            MeterFinding.objects.create(code="metering.stuck", mark="t", values=told, **plain)
        if (place + order) % 3 == 0:
            MeterFinding.objects.create(code="metering.gap", mark="g", values=told, **plain)
"""


def settle_a_city(state: Path, *districts: str) -> None:
    """Make districts with four users each, their months from July 2024 to December 2025, and findings."""
    environment = {**os.environ, "SHUIHENG_STATE": str(state), "SHUIHENG_POLICY": "demo"}
    environment |= {"DJANGO_SETTINGS_MODULE": "shuiheng.web.settings", "PYTHONPATH": str(ROOT / "tests")}
    environment.pop("SHUIHENG_DATABASE_URL", None)
    subprocess.run(
        [sys.executable, "-c", MAKE, json.dumps(districts)], env=environment, check=True, capture_output=True
    )
