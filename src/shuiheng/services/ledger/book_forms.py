"""The sheets of the workbook of the ledger: users, sites, sources, permits, meters, activities, contacts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from shuiheng.adapters.rulebook.ledger_words import ledger_words
from shuiheng.adapters.rulebook.outline_policy import outline_policy
from shuiheng.adapters.rulebook.use_classes import use_classes
from shuiheng.adapters.workbooks import CodeScheme, Column, ColumnForm, Template
from shuiheng.kernel import Severity
from shuiheng.metering.model import Register

YES, NO = "是", "否"
EARLIEST = date(1949, 10, 1)
_SAMPLE_DAY = date(2026, 1, 1)
_CODE_HINT = "以文本填写。"


def words_for(name: str) -> Mapping[str, str]:
    """Return the words of a list of codes."""
    named = use_classes() if name == "use_class" else ledger_words()[name]
    return {code: each.name("zh") for code, each in named.items()}


def code_for(name: str, word: object) -> str:
    """Return the code of a word; a word that is none is nothing."""
    return next((code for code, known in words_for(name).items() if known == word), "")


def _code(key: str, zh: str, *, needed: bool = False, longest: int = 40, sample: str = "") -> Column:
    return Column(
        key=key,
        zh=zh,
        form=ColumnForm.CODE,
        longest=longest,
        is_required=needed,
        help=_CODE_HINT,
        samples=(sample or f"示例{zh}1", sample or f"示例{zh}2"),
        width=14,
    )


def _text(key: str, zh: str, *, longest: int = 200, needed: bool = False, hint: str = "") -> Column:
    return Column(key=key, zh=zh, longest=longest, is_required=needed, help=hint, width=20)


def _choice(key: str, zh: str, words: tuple[str, ...], *, needed: bool = False) -> Column:
    return Column(key=key, zh=zh, form=ColumnForm.CHOICE, choices=words, is_required=needed, width=12)


def _listed(key: str, zh: str, *, needed: bool = False) -> Column:
    return _choice(key, zh, tuple(words_for(key).values()), needed=needed)


def _whole(key: str, zh: str, unit: str = "", *, least: int = 1, hint: str = "") -> Column:
    return Column(
        key=key,
        zh=zh,
        unit=unit,
        form=ColumnForm.INTEGER,
        lowest=Decimal(least),
        highest=Decimal(10**9),
        help=hint,
        width=11,
    )


def _number(
    key: str, zh: str, unit: str = "", *, places: int, within: tuple[float, float] = (0, 10**13)
) -> Column:
    return Column(
        key=key,
        zh=zh,
        unit=unit,
        form=ColumnForm.DECIMAL,
        places=places,
        lowest=Decimal(within[0]),
        highest=Decimal(within[1]),
        width=13,
    )


def _day(key: str, zh: str, *, needed: bool = False, hint: str = "") -> Column:
    return Column(
        key=key,
        zh=zh,
        form=ColumnForm.DAY,
        is_required=needed,
        lowest=EARLIEST,
        help=hint,
        samples=(_SAMPLE_DAY, _SAMPLE_DAY),
        width=13,
    )


_SINCE = _day("valid_from", "自何日起", needed=True, hint="所填内容从这一天起成立；之前的记载不变。")
_USER = _code("user", "户号", needed=True, sample="示例户号")
_MASKED = "带星号的为隐去的内容，不改动即保留原值。"


def _form(name: str, title: str, keys: tuple[str, ...], *columns: Column, note: str = "") -> Template:
    return Template(
        id=f"ledger_{name}",
        version=1,
        title=title,
        keys=keys,
        columns=(*columns, _SINCE),
        notes=(note,) if note else (),
        levels=(("workbooks.no_rows", Severity.NOTE),),
        is_reasoned=False,
    )


USERS = _form(
    "users",
    "用水户",
    ("number",),
    _code("number", "户号", needed=True, sample="示例户号"),
    _text("name", "名称", needed=True),
    Column(
        key="credit_code",
        zh="统一社会信用代码",
        form=ColumnForm.CODE,
        scheme=CodeScheme.CREDIT_CODE,
        help=_CODE_HINT,
        width=23,
    ),
    _text("no_code_reason", "无码原因", longest=120, hint="没有信用代码的必填。"),
    _text("legal_person", "负责人", longest=60, hint=_MASKED),
    _text("district", "所在区县", needed=True, longest=60),
    _text("address", "地址"),
    Column(
        key="industry_code",
        zh="行业代码",
        form=ColumnForm.CODE,
        pattern=r"[A-Z]?[0-9]{0,4}",
        longest=6,
        help="GB/T 4754 代码，以文本填写。",
        width=10,
        samples=("1713", "1439"),
    ),
    _listed("use_class", "用水类别"),
    _choice("is_above_scale", "规上企业", (YES, NO)),
    _choice("is_public_institution", "公共机构", (YES, NO)),
    _choice("is_open", "仍在用水", (YES, NO), needed=True),
    note="户号为台账编号，新户由填表单位编定；其他各表以户号对应。",
)
SITES = _form(
    "sites",
    "用水地点",
    ("user", "number"),
    _USER,
    _code("number", "地点编号", needed=True),
    _text("name", "地点名称", needed=True),
    _text("district", "所在区县", longest=60),
    _text("address", "地址"),
    _number("longitude", "经度", "°", places=6, within=outline_policy().longitudes),
    _number("latitude", "纬度", "°", places=6, within=outline_policy().latitudes),
    _listed("position_method", "定位方法"),
    note="经纬度为 CGCS2000 坐标，同时填写或同时留空。",
)
SOURCES = _form(
    "sources",
    "水源",
    ("user", "number"),
    _USER,
    _code("number", "水源编号", needed=True),
    _listed("source_kind", "水源类型", needed=True),
    _listed("water_kind", "水的种类", needed=True),
    _code("site", "地点编号"),
    _text("authority", "管辖单位"),
    _text("supplier", "供水单位", hint="公共供水的必填。"),
    _text("account_number", "缴费户号", longest=60),
    _listed("price_class", "水价类别"),
    _text("basin_code", "流域代码", longest=20),
    _choice("is_active", "在用", (YES, NO), needed=True),
)
PERMITS = _form(
    "permits",
    "取水许可证",
    ("user", "source", "number"),
    _USER,
    _code("source", "水源编号", needed=True),
    _code("number", "许可证编号", needed=True, longest=60),
    _day("expires_on", "有效期至"),
    _number("volume_m3", "年许可水量", "m³", places=6),
    _text("purpose", "用途", longest=120),
    _text("method", "取水方式", longest=120),
    _text("outlet", "退水", longest=200),
)
METERS = _form(
    "meters",
    "计量点",
    ("keeper", "number"),
    _text("keeper", "管表单位", needed=True),
    _code("number", "表号", needed=True),
    _code("user", "户号", sample="示例户号"),
    _code("site", "地点编号"),
    _code("source", "水源编号"),
    _code("parent", "上级表号"),
    _listed("meter_level", "级别", needed=True),
    _listed("meter_role", "作用", needed=True),
    _text("zone", "计量分区", longest=40),
    _whole("nominal_mm", "公称口径", "mm"),
    _number("q3_m3_h", "常用流量", "m³/h", places=3, within=(0, 999_999)),
    _whole("flow_ratio", "量程比"),
    _whole("register_digits", "字轮位数", hint="按最小分度计的位数，满位后回零。"),
    _whole("step_litres", "最小分度", "L", hint=f"空白为 {Register().step_litres} 升。"),
    _whole("multiplier", "倍率", hint="空白为 1。"),
    _whole("grid_minutes", "采集间隔", "min", hint="人工抄表的留空。"),
    _text("telemetry_id", "远传编号", longest=60),
    _choice("is_active", "在用", (YES, NO), needed=True),
    note="户号留空的为管网上的计量点；上级表号须是同一用水户、级别更高的计量点。",
)
ACTIVITIES = _form(
    "activities",
    "活动量",
    ("user", "code", "valid_from"),
    _USER,
    _text("code", "产品或服务", longest=60, needed=True),
    _text("unit", "计量单位", longest=20, needed=True),
    Column(
        key="amount",
        zh="数量",
        form=ColumnForm.DECIMAL,
        places=6,
        lowest=Decimal(0),
        highest=Decimal(10**13),
        is_required=True,
        width=14,
    ),
    _day("valid_to", "至何日止", hint="不含当日；仍然成立的留空。"),
)
CONTACTS = _form(
    "contacts",
    "联系人",
    ("user", "duty"),
    _USER,
    _listed("duty", "职责", needed=True),
    _text("name", "姓名", longest=60, needed=True, hint=_MASKED),
    _text("phone", "电话", longest=30, hint=_MASKED),
    _text("email", "电子邮箱", longest=254, hint=_MASKED),
    _text("certificate", "证书编号", longest=60),
)
FORMS = (USERS, SITES, SOURCES, PERMITS, METERS, ACTIVITIES, CONTACTS)
