"""Credit records of the demo city: a good one, and a bad one that was announced and objected to."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    CreditGrade,
    CreditKind,
    CreditRecord,
    Place,
    WaterUser,
)
from shuiheng.services.credit.ask_credit import object_to_credit
from shuiheng.services.credit.keep_credit import CreditFields, notify_subject, record_credit
from shuiheng.services.readings.demo_filing import FILING_USER

PEOPLE = ("officer", "enterprise")
SOURCE, CLAUSE = "演示城市节约用水信用管理办法（虚构）", "（虚构）"


def settle_demo_credit(city: Place) -> int:
    """Make the records; return how many there are. Again, or without the made-up people, it adds none."""
    officer, filer = (Account.objects.filter(username=name).first() for name in PEOPLE)
    user = WaterUser.objects.filter(city=city, organisation__name=FILING_USER).first()
    if CreditRecord.objects.filter(place=city).exists() or not (officer and filer and user):
        return 0
    record_credit(officer, user.organisation_id, _good())
    row = record_credit(officer, user.organisation_id, _bad(user.pk))
    notify_subject(officer, row.pk)
    object_to_credit(filer, row.pk, words="水表故障期间已报修，有维修单。（演示）")
    return CreditRecord.objects.filter(place=city).count()


def _good() -> CreditFields:
    return CreditFields(
        kind=CreditKind.GOOD,
        item="节水型企业（演示）",
        fact="列入市级公布名单（虚构）",
        happened_on=timezone.localdate() - timedelta(days=200),
        source=SOURCE,
        clause=CLAUSE,
    )


def _bad(user: int) -> CreditFields:
    today = timezone.localdate()
    return CreditFields(
        kind=CreditKind.BAD,
        item="擅自停用取水计量设施（演示）",
        fact="现场检查发现远传水表断电三日（虚构）",
        happened_on=today - timedelta(days=90),
        source=SOURCE,
        clause=CLAUSE,
        grade=CreditGrade.ORDINARY,
        trigger="meter_disturbed",
        number="演水罚〔0000〕1号",
        final_on=today - timedelta(days=20),
        user=user,
    )
