"""Words for the codes of readings, findings and decisions of a meter, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

BASES: Words = {
    "measured": _("实测"),
    "spliced": _("换表衔接"),
    "rolled_over": _("过零"),
    "fell": _("读数倒退"),
}
DECISIONS: Words = {"": _("待处理"), "confirmed": _("已确认"), "dismissed": _("已排除")}
FINDING_KINDS: Words = {
    "open": _("待处理"),
    "decided": _("已处理"),
    "gone": _("已自行消失"),
    "all": _("全部"),
}
RUNGS: Words = {
    "E1": _("前后流量内插"),
    "E2": _("前几周同时段均值"),
    "E3": _("上年同月乘趋势"),
    "E4": _("前三个月均值"),
}
MONTH_FLAGS: Words = {"rolled": _("过零"), "spliced": _("换表衔接"), "fell": _("读数倒退")}
LEVELS: Words = {
    "0": _("未用水"),
    "1": _("很少"),
    "2": _("较少"),
    "3": _("中等"),
    "4": _("较多"),
    "5": _("很多"),
    "back": _("倒流"),
    "none": _("无数据"),
}
TABLES: dict[str, Words] = {
    "basis": BASES,
    "decision": DECISIONS,
    "finding_kind": FINDING_KINDS,
    "rung": RUNGS,
    "month_flag": MONTH_FLAGS,
    "level": LEVELS,
}
