"""Words for the pages of use, data quality and the map, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

GROUPINGS: Words = {
    "city": _("全市"),
    "district": _("区县"),
    "use_class": _("用水类别"),
    "section": _("行业门类"),
    "division": _("行业大类"),
    "water": _("水源种类"),
    "user": _("用水户"),
    "site": _("用水地点"),
    "source": _("水源"),
    "zone": _("计量分区"),
    "meter": _("计量点"),
}
STEPS: Words = {"month": _("按月"), "quarter": _("按季"), "year": _("按年"), "day": _("按日")}
ORDERS: Words = {"most": _("水量从大到小"), "missing": _("缺失从多到少"), "change": _("增幅从大到小")}
FOUND_STATES: Words = {
    "open": _("未消除"),
    "undecided": _("待处理"),
    "confirmed": _("已确认"),
    "dismissed": _("已排除"),
    "gone": _("已自行消失"),
}
FOUND_LEVELS: Words = {
    "weighty": _("警告及以上"),
    "disqualify": _("须改正"),
    "warn": _("警告"),
    "note": _("提示"),
}
MAP_FIGURES: Words = {
    "use": _("用水量"),
    "change": _("较上年同期增减"),
    "missing": _("缺失时间占比"),
    "estimated": _("估算水量占比"),
    "doubtful": _("有疑点的计量点"),
}
CLASSES: Words = {
    "5": _("最高"),
    "4": _("较高"),
    "3": _("中等"),
    "2": _("较低"),
    "1": _("最低"),
    "0": _("无数据"),
}
