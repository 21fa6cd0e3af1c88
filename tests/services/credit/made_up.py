"""A made-up city whose office enters credit records, with terms that were checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.awards.made_up import City, city
from shuiheng.adapters.records.models import CreditGrade, CreditKind, CreditRecord, WaterUser
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Check, DatedValue, Mark
from shuiheng.services.credit import credit_terms
from shuiheng.services.credit.credit_terms import DISPLAY
from shuiheng.services.credit.keep_credit import CreditFields, notify_subject, record_credit, release_credit

__all__ = ["BAD", "GOOD", "City", "city", "noted", "notice_over", "shown", "use_terms"]
GOOD = CreditFields(
    kind=CreditKind.GOOD,
    item="水效领跑者",
    fact="列入公布名单",
    happened_on=date(2026, 3, 1),
    source="青禾市节水条例",
    clause="第九条",
)
BAD = CreditFields(
    kind=CreditKind.BAD,
    item="未经批准取水",
    fact="两眼自备井未办取水许可",
    happened_on=date(2026, 3, 1),
    source="中华人民共和国水法",
    clause="第六十九条",
    grade=CreditGrade.ORDINARY,
    trigger="abstraction_without_permit",
    number="青水罚〔2026〕3号",
    final_on=date(2026, 6, 1),
)


def use_terms(monkeypatch: pytest.MonkeyPatch, *, is_checked: bool = True, least: str = "3") -> None:
    """Let bad records of each grade be shown three to twelve months; severe ones have no repair."""
    shipped, since = shipped_rulebook(), date(2020, 1, 1)
    terms = {"least_months": least, "most_months": "12"}
    grades = [
        {"grade": grade, **terms, "is_repairable": "not_repairable" if grade == "severe" else "repairable"}
        for grade in CreditGrade
    ]
    held = DatedValue(
        rule=DISPLAY,
        area="",
        valid_from=since,
        value=_exact({"grades": grades}),
        source="made-up",
        clause="第五条",
        printed=(),
        mark=Mark.FOUND,
        check=Check(by="周", on=since) if is_checked else None,
        recorded_on=since,
    )
    book = Rulebook(dict(shipped) | {DISPLAY: replace(shipped[DISPLAY], values=(held,))})
    monkeypatch.setattr(credit_terms, "rulebook_now", lambda place: book)


def _exact(value: object) -> object:
    if isinstance(value, dict):
        return {name: _exact(each) for name, each in value.items()}
    if isinstance(value, list):
        return tuple(_exact(each) for each in value)
    return Decimal(value) if isinstance(value, str) and value.isdecimal() else value


def noted(city: City, user: WaterUser, fields: CreditFields = BAD) -> CreditRecord:
    """Propose a bad record and tell the unit."""
    row = record_credit(city.clerk, user.organisation_id, fields)
    return notify_subject(city.clerk, row.pk)


def notice_over(row: CreditRecord) -> CreditRecord:
    """Let the notice of a record have run out yesterday."""
    CreditRecord.objects.filter(pk=row.pk).update(answer_by=timezone.localdate() - timedelta(days=1))
    row.refresh_from_db()
    return row


def shown(city: City, user: WaterUser, fields: CreditFields = BAD, *, months: int = 6) -> CreditRecord:
    """Enter a bad record by two persons, after its notice."""
    return release_credit(city.reviewer, notice_over(noted(city, user, fields)).pk, months=months)
