"""Words for cases of programmes, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

PHASES: Words = {
    "planned": _("待启动"),
    "under_way": _("办理中"),
    "reached": _("已达成"),
    "refused": _("不予认定"),
    "withdrawn": _("已撤回"),
    "revoked": _("已撤销"),
}
HOLDINGS: Words = {
    "at_risk": _("有风险"),
    "recheck_due": _("应复核"),
    "expired": _("已到期"),
    "valid": _("有效"),
    "revoked": _("已撤销"),
    "not_reached": _("未达成"),
}
DUES: Words = {"late": _("已逾期"), "soon": _("三十日内到期")}
ORDERS: Words = {
    "newest": _("最近立项在前"),
    "due": _("期限近的在前"),
    "subject": _("按对象名称"),
    "district": _("按区县"),
    "reached": _("最近达成在前"),
    "until": _("有效期近的在前"),
}
FIGURES: Words = {
    "reached": _("已达成"),
    "under_way": _("办理中"),
    "late": _("已逾期"),
    "at_risk": _("有风险"),
    "total": _("全部事项"),
}
TABLES: dict[str, Words] = {
    "phase": PHASES,
    "holding": HOLDINGS,
    "due": DUES,
    "order": ORDERS,
    "figure": FIGURES,
}
