"""Reports by the public of the demo city, one in each state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Organisation, OrganisationKind, Place, PublicReport
from shuiheng.services.public_reports.answer_report import answer_report
from shuiheng.services.public_reports.open_cities import districts_of
from shuiheng.services.public_reports.publish_report import close_report, publish_report, word_answer
from shuiheng.services.public_reports.report_form import TypedReport, form_digest, read_form
from shuiheng.services.public_reports.take_report import keep_report
from shuiheng.services.public_reports.triage_report import (
    Sorting,
    merge_report,
    refuse_report,
    triage_report,
)

PEOPLE = ("officer", "reviewer", "district")
HYDRANT = TypedReport(
    kind="hydrant",
    words="路口的消火栓一直往外冒水，路面都湿了。（演示）",
    spot="滨江路与文化路路口东南角",
    name="陈女士",
    phone="13000000001",
)
SAID = (
    (1, HYDRANT),
    (
        2,
        TypedReport(kind="leaking_pipe", words="人行道砖缝里渗水，已有三天。（演示）", spot="文化路18号门前"),
    ),
    (
        3,
        TypedReport(
            kind="hydrant", words="消火栓漏水，往外冒水，路面湿了。（演示）", spot="滨江路文化路路口"
        ),
    ),
    (
        5,
        TypedReport(
            kind="car_wash", words="洗车店用自来水直接冲车，没有循环设备。（演示）", spot="建设路汽修一条街"
        ),
    ),
    (12, TypedReport(kind="burst_pipe", words="小区门口主管爆裂，水流满街。（演示）", spot="和平里小区北门")),
    (16, TypedReport(kind="landscape", words="下雨天绿化带喷灌还开着。（演示）", spot="市民公园南侧绿化带")),
    (20, TypedReport(kind="other", words="楼上邻居夜里用水声音太大。（演示）", spot="和平里小区5栋")),
    (1, TypedReport(kind="unlawful_well", words="工地围挡里在打井抽水。（演示）", spot="新城大道工地西门")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Town:
    officer: Account
    reviewer: Account
    answerer: Account
    district: Organisation
    supplier: Organisation | None


def settle_demo_reports(city: Place) -> int:
    """Make the reports; return how many there are. Again, or without the made-up people, it adds none."""
    officer, reviewer, answerer = (Account.objects.filter(username=name).first() for name in PEOPLE)
    if PublicReport.objects.filter(place=city).exists() or not (officer and reviewer and answerer):
        return 0
    town = _Town(
        officer=officer,
        reviewer=reviewer,
        answerer=answerer,
        district=answerer.memberships.get().organisation,
        supplier=Organisation.objects.filter(place=city, kind=OrganisationKind.SUPPLIER).first(),
    )
    rows = [_sent(city, days, typed) for days, typed in SAID]
    _deal_with(town, rows)
    return len(rows)


def _sent(city: Place, days: int, typed: TypedReport) -> PublicReport:
    districts = districts_of(city)
    district = str(districts[days % len(districts)].pk) if districts else ""
    read = read_form(city, TypedReport(**{**_fields(typed), "district": district}))
    at = timezone.now() - timedelta(days=days)
    with transaction.atomic():
        return keep_report(city, read, form_digest(f"demo-{city.pk}-{days}", typed), at=at)


def _fields(typed: TypedReport) -> dict[str, str]:
    return {name: getattr(typed, name) for name in ("kind", "words", "spot", "name", "phone")}


def _deal_with(town: _Town, rows: list[PublicReport]) -> None:
    """Bring each report to another state; the last one stays as it came in."""
    hydrant, pipe, again, wash, burst, lawn, noise, _new = rows
    triage_report(town.officer, pipe.pk, Sorting(kind=pipe.kind, district=pipe.district_id))
    supplier = None if town.supplier is None else town.supplier.pk
    triage_report(
        town.officer,
        hydrant.pk,
        Sorting(kind=hydrant.kind, district=hydrant.district_id, organisation=supplier, note="请今天到场"),
    )
    merge_report(town.officer, again.pk, into=hydrant.number)
    refuse_report(town.officer, noise.pk, reason="不属于节水事项，请向社区反映。")
    for row in (wash, burst, lawn):
        sorting = Sorting(kind=row.kind, district=row.district_id, organisation=town.district.pk)
        triage_report(town.officer, row.pk, sorting)
    answer_report(town.answerer, wash.pk, answer="已责令店家安装循环用水设备，一个月后复查。（演示）")
    answer_report(town.answerer, burst.pk, answer="当日抢修完毕，恢复供水。（演示）")
    close_report(town.officer, burst.pk)
    answer_report(town.answerer, lawn.pk, answer="已改为按土壤湿度自动喷灌。（演示）")
    word_answer(
        town.officer,
        lawn.pk,
        title="市民公园绿化带雨天喷灌（演示）",
        answer="养护单位已加装湿度感应，雨天不再喷灌。（演示）",
    )
    publish_report(town.reviewer, lawn.pk)
