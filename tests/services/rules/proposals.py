"""A city with an officer who proposes and a reviewer who decides, and a made-up ladder."""

from __future__ import annotations

from datetime import date
from typing import Any

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, LocalRule, Place, Role
from shuiheng.services.rules.local_rules import Proposed, decide_rule, propose_rule

LADDER = "charges/over_plan_ladder"
VALUE: dict[str, Any] = {
    "period": "year",
    "measure": "plan",
    "mode": "additional",
    "price_base": "delivered",
    "bands": [
        {"up_to": "0.10", "multiple": "0.5"},
        {"up_to": "0.30", "multiple": "1"},
        {"up_to": None, "multiple": "2"},
    ],
}


def the_city() -> Place:
    """Return the made-up city with a made-up code."""
    place = the_office().place
    if not place.code:
        Place.objects.filter(pk=place.pk).update(code="990100")
        place.refresh_from_db()
    return place


def a_ladder(**changed: Any) -> Proposed:
    """Return the proposal of a ladder of a described document."""
    fields: dict[str, Any] = {
        "rule": LADDER,
        "valid_from": date(2026, 1, 1),
        "value": VALUE,
        "title": "青禾市超计划用水加价办法（虚构）",
        "number": "青水〔2025〕1号",
        "issuer": "青禾市水利局",
        "clause": "第三条",
        "printed": ["百分之十", "百分之三十", "零点五倍", "一倍", "两倍"],
        "reason": "新办法施行",
    }
    return Proposed(**(fields | changed))


def reviewer() -> Account:
    """Return the reviewer of the office."""
    known = Account.objects.filter(username="zhao").first()
    return known or make_account("zhao", Role.OFFICE_REVIEWER, display_name="赵工")


def accepted(officer: Account, **changed: Any) -> LocalRule:
    """Return a ladder that the reviewer has accepted."""
    row = propose_rule(officer, the_city().pk, a_ladder(**changed))
    return decide_rule(reviewer(), row.pk, is_accepted=True)
