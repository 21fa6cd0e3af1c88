"""Words and marks of verdicts on targets, in Chinese, translated by gettext."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.adapters.rulebook.membership import membership_book
from shuiheng.web import words
from shuiheng.web.words import Words
from shuiheng.web.words_counts import fact_name, language

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
    "no_link": _("尚无事项、指标或名录与之对应（可在“计数口径”中选择；没有的由责任单位填报）"),
    "left_out": _("已确定不由本程序计数"),
    "no_indicator": _("规则库里还没有这项指标的算法（可改选口径，或由责任单位填报）"),
    "no_unit": _("目标的单位与指标的单位不能换算（请在方案核对中更正单位，或改选口径）"),
    "no_deadline": _("方案没有写明期限（请在方案核对中补上截止日）"),
    "no_base_year": _("方案没有写明基准年（请在方案核对中补上）"),
    "no_district": _("本市没有登记方案所说的区县（登记后即可判断，也可在“范围口径”中说明）"),
    "no_scope": _("没有这一范围的数据（可在“范围口径”中说明它指什么）"),
    "zero": _("分母为零，不能计算"),
    "not_here": _("本市没有方案所说的范围，这一项不适用"),
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
    "report": _("按单位填报"),
    "nothing": _("无对应"),
}
NOTES: Words = {
    "deadline_of_plan": _("方案没有写明期限，按方案期末判断"),
    "base_printed": _("起点取方案印出的基期数值"),
    "base_computed": _("起点取基期当年的数值"),
    "nothing_since": _("方案开始后尚无年度数据，直接与目标值比较"),
    "within_year": _("当年尚未结束，数值为年内累计或最近状况"),
    "by_last_year": _("年内进度按上年同期占全年的比例折算"),
    "by_days": _("没有上年同期数据，年内进度按已过天数折算"),
    "earlier_year": _("应比较年度的数据尚缺，数值为之前年度"),
}
CAUSES: Words = {
    "fact": _("数据变化"),
    "cases": _("计入事项变化"),
    "rule": _("规则变化"),
    "plan": _("方案要求变化"),
    "link": _("对应关系变化"),
    "time": _("日期推移"),
}
CAUSE_FIELDS: Words = {
    "comparison": _("比较方式"),
    "limit": _("目标值"),
    "upper": _("目标上限"),
    "deadline": _("截止日"),
    "served": _("对应的事项、指标或名录"),
    "served_by": _("取值方式"),
    "indicator": _("指标"),
    "version": _("指标版本"),
    "base_year": _("基准年"),
    "choices": _("口径选择"),
    "most_unmeasured": _("允许的估算与缺失占比"),
    "course": _("年内变化方式"),
    "cases": _("计入事项数"),
}
FITS: Words = {
    "agrees": _("区县之和与全市一致"),
    "differs": _("区县之和与全市不一致"),
    "within": _("全市数值在区县最低与最高之间"),
    "outside": _("全市数值不在区县最低与最高之间"),
    "incomplete": _("有区县没有数值，不能核对"),
    "unknown": _("没有可核对的数值"),
}
GRADES: Words = {
    "measured": _("计量"),
    "estimated": _("估算"),
    "reported": _("上报"),
    "missing": _("缺失"),
}
MISSING: Words = {
    "case_amounts": _("部分事项没有填写数量"),
    "list_members": _("名录中的对象"),
    "list_undecided": _("名录中有用户待定"),
    "online_meters": _("名录用户的计量设备在线情况"),
    "progress_report": _("责任单位的填报值（在进展填报中填写，审定后采用）"),
    "reports_differ": _("各单位填报的数值不一致，请核对后退回更正"),
}
LIST_MISSING = "list:"


def missing_name(code: str) -> str:
    """Return what a code of what is missing is called: a fact, an indicator, a list, or a district."""
    if code in MISSING:
        return str(MISSING[code])
    if code.startswith(LIST_MISSING):
        duty = membership_book().duties.get(code.removeprefix(LIST_MISSING))
        named = code.removeprefix(LIST_MISSING) if duty is None else duty.list_names[language()]
        return str(_("已采用的%(list)s") % {"list": named})
    fact = indicator_book().facts.get(code)
    if fact is not None:
        return fact.names[language()]
    indicator = indicator_book().indicators.get(code)
    return fact_name(code) if indicator is None else indicator.names[language()]


def cause_name(kind: str, of: str) -> str:
    """Return what changed: a fact with its year and part, or a field of the demand or the rule."""
    if kind == "fact":
        fact, *rest = of.split(":")
        return " ".join([missing_name(fact), *rest])
    return words.word(CAUSE_FIELDS, of) if of else ""
