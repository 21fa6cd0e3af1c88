"""The sheet of use norms (用水定额表): what it asks, and what must hold for a row beyond its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from shuiheng.adapters.workbooks import Column, ColumnForm, Template, Value
from shuiheng.allowances.errors import UnknownUnitError
from shuiheng.allowances.norm_unit import norm_unit_of
from shuiheng.kernel import Severity

NEEDED = ("standard", "product", "unit")
LEVELS = ("全国", "省", "本市")
EARLIEST = date(1949, 10, 1)
PLACES, HIGHEST = 6, Decimal(10**9)
_START = date(2022, 1, 1)
Row = Mapping[str, Value]


def _text(key: str, zh: str, *, longest: int, samples: tuple[str, str], hint: str = "") -> Column:
    return Column(
        key=key, zh=zh, longest=longest, is_required=key in NEEDED, help=hint, samples=samples, width=18
    )


def _amount(key: str, zh: str, *, places: int = PLACES, needed: bool = False, sample: str) -> Column:
    return Column(
        key=key,
        zh=zh,
        form=ColumnForm.DECIMAL,
        places=places,
        lowest=Decimal(0),
        highest=HIGHEST,
        is_required=needed,
        samples=(Decimal(sample), Decimal(sample)),
        width=12,
    )


NORMS = Template(
    id="use_norms",
    version=1,
    title="用水定额",
    keys=("standard", "number", "valid_from"),
    columns=(
        _text(
            "standard",
            "标准",
            longest=200,
            samples=("示例用水定额 DB00/T 1-2022",) * 2,
            hint="名称和编号。",
        ),
        Column(
            key="number",
            zh="定额编号",
            form=ColumnForm.CODE,
            longest=60,
            is_required=True,
            help="同一标准内唯一，没有的自行编定。",
            samples=("表3-1", "表3-2"),
            width=12,
        ),
        Column(key="level", zh="级别", form=ColumnForm.CHOICE, choices=LEVELS, is_required=True, width=8),
        Column(
            key="valid_from",
            zh="自何日起",
            form=ColumnForm.DAY,
            is_required=True,
            lowest=EARLIEST,
            samples=(_START, _START),
            width=13,
        ),
        Column(
            key="valid_to",
            zh="至何日止",
            form=ColumnForm.DAY,
            lowest=EARLIEST,
            help="不含当日；仍有效的留空。",
            width=13,
        ),
        _text("table", "表号", longest=60, samples=("表3", "表3")),
        Column(
            key="industry",
            zh="行业代码",
            form=ColumnForm.CODE,
            pattern=r"[0-9]{2,4}",
            longest=4,
            help="GB/T 4754 代码，二至四位数字，以文本填写。",
            samples=("1713", "6110"),
            width=10,
        ),
        _text("product", "产品或服务", longest=120, samples=("棉印染布", "旅游饭店")),
        _text(
            "condition", "条件", longest=200, samples=("", "五星级"), hint="工艺、规模或地区；没有的留空。"
        ),
        _text("unit", "单位", longest=40, samples=("m³/100 m", "L/(床·d)"), hint="照标准写法。"),
        _amount("general", "通用值", needed=True, sample="2.2"),
        _amount("advanced", "先进值", sample="1.6"),
        _amount("leader", "领跑值", sample="1.2"),
        _amount("factor_least", "调整系数下限", places=4, sample="0.9"),
        _amount("factor_most", "调整系数上限", places=4, sample="1.1"),
        _text("scope", "适用说明", longest=300, samples=("", "含餐饮")),
        _text("page", "页码", longest=20, samples=("12", "15")),
    ),
    notes=("一行一条定额；数值照标准原文填写，由填表人对照原文。",),
    levels=(("workbooks.no_rows", Severity.NOTE),),
    is_reasoned=False,
)


def row_faults(row: Row) -> Iterator[tuple[str, str]]:
    """Yield code and column of what is wrong with a row whose cells are right."""
    unit = row.get("unit")
    if isinstance(unit, str):
        try:
            norm_unit_of(unit)
        except UnknownUnitError:
            yield "norms.unit_unknown", "unit"
    begins, ends = row.get("valid_from"), row.get("valid_to")
    if isinstance(begins, date) and isinstance(ends, date) and ends <= begins:
        yield "norms.ends_early", "valid_to"
    yield from _stricter(row, "general", "advanced")
    yield from _stricter(row, "advanced" if row.get("advanced") is not None else "general", "leader")
    least, most = row.get("factor_least"), row.get("factor_most")
    if (least is None) != (most is None):
        yield "norms.factor_alone", "factor_most" if most is None else "factor_least"
    elif isinstance(least, Decimal) and isinstance(most, Decimal) and least > most:
        yield "norms.factors_crossed", "factor_most"


def _stricter(row: Row, upper: str, lower: str) -> Iterator[tuple[str, str]]:
    above, below = row.get(upper), row.get(lower)
    if isinstance(above, Decimal) and isinstance(below, Decimal) and below > above:
        yield "norms.not_stricter", lower
