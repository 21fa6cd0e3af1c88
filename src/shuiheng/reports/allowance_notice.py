"""The notice that gives a user its planned allowance of a year (用水计划下达通知)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.reports.model import (
    Annex,
    Cell,
    Column,
    Figure,
    Paragraph,
    Part,
    Quality,
    Report,
    ReportKind,
    Table,
)
from shuiheng.reports.signing import Signing, signed

CUBIC_METRE = "立方米"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticedAllowance:
    """The allowance of one source.

    Args:
        key: Key of what the figures were taken from, such as `allowance:12`.
        source: What people call the source.
        year_m3: The allowance of the year.
        months_m3: Its twelve months, January first.
    """

    key: str
    source: str
    year_m3: Decimal
    months_m3: Sequence[Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceNotice:
    """What a notice says.

    Args:
        unit: The user.
        year: The year.
        allowances: What it may take, source by source.
        bases: Titles of the laws and rules that it rests on.
        answer_workdays: Workdays within which an application is answered, or None where none are set.
    """

    unit: str
    year: int
    allowances: Sequence[NoticedAllowance]
    bases: Sequence[str] = ()
    answer_workdays: int | None = None


def allowance_notice(notice: AllowanceNotice, signing: Signing) -> Report:
    """Return the notice of a year's allowance (用水计划下达通知)."""
    basis = f"依据{'、'.join(notice.bases)}，" if notice.bases else ""
    opening = [Paragraph(parts=(f"{basis}现下达你单位{notice.year}年度用水计划指标：", *_named(notice)))]
    opening.append(Paragraph(parts=("各月指标见附件。请按月控制用水，做好用水计量和记录。",)))
    answer = (
        f"，自受理之日起{notice.answer_workdays}个工作日内答复" if notice.answer_workdays is not None else ""
    )
    opening.append(
        Paragraph(
            parts=(
                "尚未到期的月份之间可以自行调剂，年度合计不变；"
                f"需要增加或者减少年度指标的，请提出申请并附相关材料{answer}。",
            )
        )
    )
    report = Report(
        kind=ReportKind.NOTICE,
        place=signing.place,
        title=f"关于下达{notice.year}年度用水计划指标的通知",
        addressees=(notice.unit,),
        opening=tuple(opening),
        closing=(Paragraph(parts=("特此通知。",)),),
        annexes=(_months(notice),),
    )
    return signed(report, signing)


def _named(notice: AllowanceNotice) -> tuple[Part, ...]:
    parts: list[Part] = []
    for place, each in enumerate(notice.allowances):
        if place:
            parts.append("；")
        parts += [each.source, _figure(f"allowance.{place}", each.year_m3, each.key, unit=CUBIC_METRE)]
    return (*parts, "。")


def _months(notice: AllowanceNotice) -> Annex:
    columns = [Column(key="month", title="月份", width=12)]
    columns += [
        Column(key=f"source{place}", title=f"{each.source}（{CUBIC_METRE}）", width=30)
        for place, each in enumerate(notice.allowances)
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            f"{month}月",
            *(
                _figure(f"allowance.{place}.{month}", each.months_m3[month - 1], each.key)
                for place, each in enumerate(notice.allowances)
            ),
        )
        for month in range(1, 13)
    ]
    totals = (
        _figure(f"allowance.{place}.year", each.year_m3, each.key)
        for place, each in enumerate(notice.allowances)
    )
    rows.append(("全年", *totals))
    table = Table(key="months", columns=tuple(columns), rows=tuple(rows))
    return Annex(title=f"{notice.year}年度用水计划指标分月表", tables=(table,))


def _figure(key: str, value: Decimal, source: str, *, unit: str = "") -> Figure:
    """Return a volume to its last digit: what is given to a user is not rounded."""
    shown = format(value.normalize(), ",f")
    return Figure(
        key=key,
        value=value,
        unit=CUBIC_METRE,
        shown=f"{shown}{unit}",
        sources=(source,),
        quality=Quality.DECLARED,
    )
