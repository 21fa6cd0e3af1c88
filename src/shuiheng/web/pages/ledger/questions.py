"""The fields of users, sites, sources, permits, meters, contacts and activities."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuiheng.web import words_ledger as words
from shuiheng.web.pages.ledger.asks import Ask, Form

Choices = Sequence[tuple[int, str]]
SMALL, LARGE = 32_767, 2_147_483_647  # what the columns hold
MOST_VOLUME = Decimal(10) ** 13
UNCHANGED = _("为保护个人信息不回显；留空表示不变。")


def user_asks(districts: Choices = (), *, is_new: bool = False) -> list[Ask]:
    """Return what is asked of a water user; who stands for it is not shown again in a form."""
    hint = "" if is_new else UNCHANGED
    return [
        Ask(name="name", label=_("名称"), is_needed=True, is_long=True),
        Ask(name="credit_code", label=_("统一社会信用代码"), limit=40, hint=_("18 位；全角数字也可。")),
        Ask(name="no_code_reason", label=_("无码原因"), limit=120, hint=_("没有代码时必填，例如“筹建”。")),
        Ask(name="district", label=_("所在区县"), form=Form.KEY, choices=districts, is_needed=True),
        Ask(name="address", label=_("地址"), is_long=True),
        Ask(name="use_class", label=_("用水类别"), form=Form.CHOICE, table=words.USE_CLASSES),
        Ask(name="industry_code", label=_("行业代码"), limit=6, hint=_("国民经济行业分类，如“1713”。")),
        Ask(name="legal_person", label=_("法定代表人"), limit=60, hint=hint, is_kept_blank=True),
        Ask(name="is_above_scale", label=_("规模以上企业"), form=Form.TRI),
        Ask(name="is_public_institution", label=_("公共机构"), form=Form.TRI),
        Ask(name="is_open", label=_("仍在用水"), form=Form.FLAG),
    ]


def site_asks(districts: Choices = ()) -> list[Ask]:
    """Return what is asked of a site."""
    return [
        Ask(name="name", label=_("地点名称"), is_needed=True),
        Ask(name="district", label=_("所在区县"), form=Form.KEY, choices=districts),
        Ask(name="address", label=_("地址"), is_long=True),
        _degrees("longitude", _("经度"), most=180),
        _degrees("latitude", _("纬度"), most=90),
        Ask(name="position_method", label=_("定位方式"), form=Form.CHOICE, table=words.POSITION_METHODS),
    ]


def _degrees(name: str, label: Promise, *, most: int) -> Ask:
    return Ask(
        name=name,
        label=label,
        form=Form.NUMBER,
        most=Decimal(most),
        least=Decimal(-most),
        places=6,
        hint=_("国家大地坐标系（度），经纬度须同时填写。"),
    )


def source_asks(sites: Choices = (), authorities: Choices = (), suppliers: Choices = ()) -> list[Ask]:
    """Return what is asked of a source; its kind is asked once, when it is new."""
    return [
        Ask(
            name="water_kind",
            label=_("水的种类"),
            form=Form.CHOICE,
            table=words.WATER_KINDS,
            is_needed=True,
        ),
        Ask(name="site", label=_("用水地点"), form=Form.KEY, choices=sites),
        Ask(
            name="authority",
            label=_("管理机关"),
            form=Form.KEY,
            choices=authorities,
            hint=_("计划用水、计量和检查由哪个机关管，随水源而定。"),
        ),
        Ask(
            name="supplier",
            label=_("供水单位"),
            form=Form.KEY,
            choices=suppliers,
            hint=_("公共供水必填。"),
        ),
        Ask(name="account_number", label=_("供水户号"), limit=60),
        Ask(name="price_class", label=_("水价类别"), form=Form.CHOICE, table=words.PRICE_CLASSES),
        Ask(name="basin_code", label=_("水资源分区"), limit=20),
        Ask(name="is_active", label=_("在用"), form=Form.FLAG),
    ]


def permit_asks() -> list[Ask]:
    """Return what is asked of a permit."""
    return [
        Ask(name="expires_on", label=_("有效期至"), form=Form.DAY),
        Ask(name="volume_m3", label=_("许可年取水量（m³）"), form=Form.NUMBER, most=MOST_VOLUME, places=6),
        Ask(name="purpose", label=_("取水用途"), limit=120),
        Ask(name="method", label=_("取水方式"), limit=120),
        Ask(name="outlet", label=_("退水去向"), is_long=True),
    ]


def meter_asks(sites: Choices = (), sources: Choices = (), above: Choices = ()) -> list[Ask]:
    """Return what is asked of a meter."""
    return [
        Ask(name="level", label=_("计量级别"), form=Form.CHOICE, table=words.METER_LEVELS, is_needed=True),
        Ask(name="parent", label=_("上级计量点"), form=Form.KEY, choices=above),
        Ask(name="role", label=_("计量对象"), form=Form.CHOICE, table=words.METER_ROLES, is_needed=True),
        Ask(name="source", label=_("计量的水源"), form=Form.KEY, choices=sources),
        Ask(name="site", label=_("用水地点"), form=Form.KEY, choices=sites),
        Ask(name="zone", label=_("计量分区"), limit=40),
        _count("nominal_mm", _("口径（毫米）"), most=LARGE),
        Ask(
            name="q3_m3_h",
            label=_("常用流量（m³/h）"),
            form=Form.NUMBER,
            most=Decimal(999_999),
            places=3,
        ),
        _count("flow_ratio", _("量程比"), most=LARGE),
        _count("register_digits", _("表盘位数"), most=SMALL, hint=_("到头后从零重走的位数。")),
        _count(
            "step_litres", _("最小读数（升）"), most=LARGE, is_needed=True, hint=_("末位走一字是多少升。")
        ),
        _count("multiplier", _("倍率"), most=LARGE, is_needed=True),
        _count("grid_minutes", _("上报间隔（分钟）"), most=LARGE, hint=_("人工抄表的不填。")),
        Ask(name="telemetry_id", label=_("远传编号"), limit=60),
        Ask(name="is_active", label=_("在用"), form=Form.FLAG),
    ]


def _count(name: str, label: Promise, *, most: int, is_needed: bool = False, hint: Promise | str = "") -> Ask:
    return Ask(
        name=name,
        label=label,
        form=Form.WHOLE,
        least=Decimal(1),
        most=Decimal(most),
        is_needed=is_needed,
        hint=hint,
    )


def event_asks() -> list[Ask]:
    """Return what is asked of something that happened to a meter; registers as the dial shows them."""
    return [
        Ask(name="kind", label=_("事件"), form=Form.CHOICE, table=words.METER_EVENTS, is_needed=True),
        Ask(name="at", label=_("时间"), form=Form.MOMENT, is_needed=True),
        _register("final_m3", _("止度（m³）")),
        _register("start_m3", _("起度（m³）")),
        Ask(name="serial", label=_("新表出厂编号"), limit=60),
        Ask(name="valid_until_on", label=_("检定有效期至"), form=Form.DAY),
        Ask(name="note", label=_("说明"), limit=300, is_long=True, hint=_("旧表止度不知的，在此说明原因。")),
    ]


def _register(name: str, label: Promise) -> Ask:
    return Ask(
        name=name,
        label=label,
        form=Form.NUMBER,
        places=3,
        most=MOST_VOLUME,
        hint=_("换表和归零须填。"),
    )


def contact_asks() -> list[Ask]:
    """Return what is asked of somebody who answers for water."""
    return [
        Ask(name="duty", label=_("职责"), form=Form.CHOICE, table=words.DUTIES, is_needed=True),
        Ask(name="name", label=_("姓名"), limit=60, is_needed=True),
        Ask(name="phone", label=_("电话"), limit=30),
        Ask(name="email", label=_("邮箱")),
        Ask(name="certificate", label=_("证书编号"), limit=60),
    ]


def activity_asks() -> list[Ask]:
    """Return what is asked of what a user makes or serves."""
    return [
        Ask(name="code", label=_("产品或服务"), limit=60, is_needed=True, hint=_("例如“棉布”“床位”“学生”。")),
        Ask(name="unit", label=_("计量单位"), limit=20, is_needed=True, hint=_("例如“吨”“张”“人”。")),
        Ask(
            name="amount",
            label=_("数量"),
            form=Form.NUMBER,
            most=MOST_VOLUME,
            places=6,
            is_needed=True,
        ),
        Ask(name="valid_to", label=_("止于（不含当日）"), form=Form.DAY, hint=_("仍在继续的不填。")),
    ]


def document_asks() -> list[Ask]:
    """Return what is asked of a document."""
    return [
        Ask(name="kind", label=_("资料类型"), form=Form.CHOICE, table=words.DOCUMENT_KINDS, is_needed=True),
        Ask(name="on", label=_("资料日期"), form=Form.DAY, is_needed=True),
        Ask(name="title", label=_("标题"), is_needed=True, is_long=True),
    ]


def new_user_asks(districts: Choices) -> list[Ask]:
    """Return what is asked of a new user."""
    number = Ask(name="number", label=_("户号"), limit=40, hint=_("留空由系统编号。"))
    return [*user_asks(districts, is_new=True), number, valid_from_ask()]


def number_ask(label: Promise | str, *, limit: int = 40) -> Ask:
    """Return the question for the number of something new."""
    return Ask(name="number", label=label, limit=limit, is_needed=True)


def kind_ask() -> Ask:
    """Return the question for the kind of a new source."""
    return Ask(name="kind", label=_("水源类型"), form=Form.CHOICE, table=words.SOURCE_KINDS, is_needed=True)


def key_ask(name: str, label: Promise | str, choices: Choices) -> Ask:
    """Return the question for a row that must be chosen."""
    return Ask(name=name, label=label, form=Form.KEY, choices=choices, is_needed=True)


def valid_from_ask() -> Ask:
    """Return the question since which day all this holds."""
    return Ask(
        name="valid_from",
        label=_("自何日起"),
        form=Form.DAY,
        is_needed=True,
        hint=_("以上内容从这一天起成立；此前的日子保持原来的记载。"),
    )


def change_asks() -> list[Ask]:
    """Return since when and why something changes."""
    reason = Ask(
        name="reason",
        label=_("修改理由"),
        limit=300,
        is_needed=True,
        is_long=True,
        hint=_("例如“营业执照变更”。"),
    )
    return [valid_from_ask(), reason]
