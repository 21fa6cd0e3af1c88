"""A made-up half-year of a made-up city, for the tests of reports."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shuiheng.kernel.period import Period
from shuiheng.plans import Operator, TargetKind
from shuiheng.reports.document_number import DocumentNumber
from shuiheng.reports.model import Quality
from shuiheng.reports.progress import (
    Demand,
    DistrictProgress,
    HalfYearProgress,
    MissingFiling,
    TargetProgress,
    TargetVerdict,
    TaskProgress,
    TaskStatus,
)
from shuiheng.reports.signing import Signing

HALF = Period(date(2026, 1, 1), date(2026, 6, 30))
SIGNING = Signing(
    place="青禾市",
    signer="青禾市节约用水办公室",
    addressees=("市发展改革委", "市水利局"),
    issued_on=date(2026, 7, 15),
    document_number=DocumentNumber("青节水办", 2026, 12),
    contact="联系人：李工，电话：0000-1234567",
    copies_to=("市财政局", "市统计局"),
)
CHAPTERS = ("农业节水增效", "工业节水减排", "城镇节水降损")
DONE_WORDS = (
    "组织编制年度实施方案，召开现场推进会，逐项核对台账，完成招标和施工图审查，已进场施工并按周调度进度；"
    "对照目标开展自查，建立问题清单，明确整改时限和责任人"
)


def task(number: int, status: TaskStatus) -> TaskProgress:
    """Return a task whose words and days follow from its number and status."""
    is_troubled = status in (TaskStatus.AT_RISK, TaskStatus.LATE)
    return TaskProgress(
        task_id=f"qinghe-{number:03d}",
        name=f"推进第{number}批灌区节水改造",
        path=("重点任务", CHAPTERS[(number - 1) * len(CHAPTERS) // 12 % len(CHAPTERS)]),
        lead=("市水利局",) if number % 2 else ("市住房城乡建设局", "市水利局"),
        status=status,
        reason="完成时限已过且未填报完成" if status is TaskStatus.LATE else "",
        due_on=date(2026, 5, 20) if status is TaskStatus.LATE else date(2026, 12, 31),
        done="" if status is TaskStatus.WAITING else DONE_WORDS,
        value=Decimal(number * 1000) if number % 3 == 0 else None,
        unit="亩" if number % 3 == 0 else None,
        obstacle="配套资金尚未到位。" if is_troubled else "",
        next_step="协调落实资金，倒排工期" if is_troubled else "",
        filed_on=None if status is TaskStatus.WAITING else date(2026, 7, 8),
    )


STATUSES = (
    *(TaskStatus.DONE,) * 3,
    *(TaskStatus.ON_TIME,) * 5,
    *(TaskStatus.AT_RISK,) * 2,
    TaskStatus.LATE,
    TaskStatus.WAITING,
)
TARGETS = (
    TargetProgress(
        target_id="qinghe-T01",
        name="全市用水总量",
        demand=Demand(kind=TargetKind.LEVEL, op=Operator.AT_MOST, value=Decimal(320_000_000), unit="m3"),
        verdict=TargetVerdict.ON_TRACK,
        deadline=date(2027, 12, 31),
        value=Decimal("151234567"),
        quality=Quality.MEASURED,
        sources=("figure:use:2026H1",),
    ),
    TargetProgress(
        target_id="qinghe-T02",
        name="公共供水管网漏损率",
        demand=Demand(kind=TargetKind.LEVEL, op=Operator.AT_MOST, value=Decimal(9), unit="%"),
        verdict=TargetVerdict.BEHIND,
        value=Decimal("9.256"),
        sources=("filing:77",),
    ),
    TargetProgress(
        target_id="qinghe-T03",
        name="万元工业增加值用水量",
        demand=Demand(
            kind=TargetKind.REDUCTION, op=Operator.AT_LEAST, value=Decimal(16), unit="%", base_year=2020
        ),
        verdict=TargetVerdict.UNKNOWN,
        deadline=date(2027, 12, 31),
    ),
    TargetProgress(
        target_id="qinghe-T04",
        name="节水型企业",
        demand=Demand(
            kind=TargetKind.COUNT, op=Operator.RANGE, value=Decimal(12), upper=Decimal(15), unit="家"
        ),
        verdict=TargetVerdict.MET,
        value=Decimal(13),
        sources=("filing:78",),
    ),
)
DISTRICTS = tuple(
    DistrictProgress(
        name=name,
        tasks=tuple(task(number + 1, status) for number, status in enumerate(STATUSES[: 4 + index])),
        shares=(TARGETS[1],),
    )
    for index, name in enumerate(("南浦区", "北屏县", "东陂区"))
)
UNITS = ("市水利局", "市住房城乡建设局", "市城市管理局", "市农业农村局", "市商务局")
MISSING = (
    MissingFiling(unit="市城市管理局", due_on=date(2026, 7, 13), days_late=2, task_ids=("qinghe-012",)),
)


def half_year(*, repeats: int = 1) -> HalfYearProgress:
    """Return the progress of a half-year with twelve tasks, or a multiple of them."""
    return HalfYearProgress(
        plan_title="青禾市节水工作实施方案",
        plan_number="青政办发〔2024〕18号",
        period=HALF,
        as_of=date(2026, 7, 15),
        tasks=tuple(task(index + 1, STATUSES[index % len(STATUSES)]) for index in range(12 * repeats)),
        targets=TARGETS,
        districts=DISTRICTS,
        missing=MISSING,
        filing_units=UNITS,
    )
