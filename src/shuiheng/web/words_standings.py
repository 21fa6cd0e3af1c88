"""Words and marks of verdicts on targets, in Chinese, translated by gettext."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

STANDINGS: Words = {
    "met": _("已达成"),
    "on_course": _("正常推进"),
    "at_risk": _("有风险"),
    "missed": _("未达成"),
    "unknown": _("尚不能判断"),
}
MARKS: Mapping[str, str] = {"met": "✓", "on_course": "→", "at_risk": "△", "missed": "✕", "unknown": "?"}
WORST_FIRST = ("missed", "at_risk", "unknown", "on_course", "met")
WHYS: Words = {
    "final": _("按截止日的数值比较"),
    "already": _("截止前已达到"),
    "exceeded": _("累计量已超过上限"),
    "path": _("按直线进度比较（计划参考，不是法定要求）"),
    "missing": _("缺少数据"),
    "doubtful": _("估算或缺失的数据过多"),
    "no_value": _("方案没有给出数值"),
    "waiting": _("已到截止日，最后的数据尚未报来"),
}
PROBLEMS: Words = {
    "no_link": _("尚无事项、指标或名录与之对应"),
    "left_out": _("已确定不由本程序计数"),
    "no_indicator": _("指标没有定义"),
    "no_unit": _("单位不能换算"),
    "no_deadline": _("方案没有写明期限"),
    "no_base_year": _("方案没有写明基准年"),
    "no_district": _("本市没有方案所说的区县"),
    "gone": _("计数口径已停用"),
    "no_level": _("没有这一级别的结果"),
    "no_list": _("名录数据不全"),
    "no_weight": _("缺少权重数据"),
}
SERVED: Words = {
    "count": _("按事项计数"),
    "rate": _("按名录比率"),
    "indicator": _("按指标"),
    "list": _("按名录"),
    "nothing": _("无对应"),
}
