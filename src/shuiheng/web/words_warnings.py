"""Words of the pages of warnings, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

LEVELS: Words = {
    "near": _("预计超年计划"),
    "over_month": _("月度超计划"),
    "over_quarter": _("季度超计划"),
    "over_year": _("年度超计划"),
    "unknown": _("用水情况不明"),
}
BASES: Words = {"forecast": _("预计超计划"), "use": _("超计划")}
CERTAINTIES: Words = {"sure": _("确定"), "likely": _("可能"), "doubtful": _("数据存疑")}
DOUBTS: Words = {
    "estimated": _("扣除估算水量后未达到预警值"),
    "missing": _("已过去的月份缺少读数"),
    "findings": _("水表有未消除的严重疑点，水量不能作为依据"),
    "nothing_told": _("近几个月没有读数"),
    "too_short": _("近几个月的读数太少"),
    "no_base": _("往年同期没有用水，无从推算"),
}
STATES: Words = {
    "open": _("待处理"),
    "unreceived": _("用水户未确认"),
    "answered": _("已答复待处理"),
    "to_do": _("后续办理中"),
    "late": _("后续办理逾期"),
    "closed": _("已办结"),
    "gone": _("已自行消除"),
    "unknown": _("情况不明"),
    "all": _("全部"),
}
OWN_STATES: Words = {
    "open": _("待处理"),
    "to_do": _("后续办理中"),
    "closed": _("已办结"),
    "gone": _("已自行消除"),
    "all": _("全部"),
}
FOLLOW_UPS: Words = {
    "warn": _("提醒整改"),
    "find_cause": _("查找原因"),
    "supervise": _("监督指导"),
    "balance_test": _("开展水平衡测试"),
    "none": _("不作后续处理"),
}
FOLLOWS: Words = {**FOLLOW_UPS, "tell": _("告知用水户"), "warn": _("发出警示")}
SEASONS: Words = {
    "own_years": _("用水户往年同期"),
    "own_profile": _("用水户的用水曲线"),
    "class_profile": _("同类用水户的用水曲线"),
    "even": _("全年均匀用水"),
}
TABLES: dict[str, Words] = {
    "certainty": CERTAINTIES,
    "doubt": DOUBTS,
    "state": STATES,
    "follow_up": FOLLOW_UPS,
    "follows": FOLLOWS,
    "season": SEASONS,
}
