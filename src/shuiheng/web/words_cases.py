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
OUTCOMES: Words = {"go_on": _("通过"), "return": _("退回补正"), "refuse": _("不予通过")}
EVENTS: Words = {
    "opened": _("立项"),
    "evidence_added": _("添加佐证材料"),
    "evidence_reviewed": _("复核佐证材料"),
    "published": _("公示"),
    "objected": _("登记异议"),
    "objection_settled": _("答复异议"),
    "step_ended": _("办结环节"),
    "withdrawn": _("撤回"),
    "taken_back": _("撤回"),
    "revoked": _("撤销"),
}
STEP_STATES: Words = {
    "ended": _("已办结"),
    "open": _("待办"),
    "waiting": _("未到"),
    "skipped": _("未办（可不办）"),
    "left": _("不再办理"),
}
PROOFS: Words = {"accepted": _("已采用"), "rejected": _("不采用"), "raw": _("待复核")}
BLANKS: Words = {"reason": _("理由"), "number": _("编号"), "valid_until": _("有效期"), "day": _("日期")}
CONCERNS: Words = {
    "HOLDS": _("符合"),
    "BREAKS": _("不符合"),
    "UNKNOWN": _("待定"),
    "UNSAID": _("不适用"),
}
YES_NO: Words = {"yes": _("是"), "no": _("否")}
STANDINGS: Words = {
    "yes": _("符合条件"),
    "open": _("待补数据"),
    "running": _("已在办理"),
    "held": _("成果有效"),
    "no": _("不符合"),
}
BATCHES: Words = {
    "checked": _("待确认"),
    "queued": _("处理中"),
    "taken": _("已写入"),
    "undone": _("已撤销"),
}
ORIGINS: Words = {"eligibility": _("资格筛查"), "workbook": _("工作簿"), "demo": _("演示数据")}
TABLES: dict[str, Words] = {
    "outcome": OUTCOMES,
    "event": EVENTS,
    "step_state": STEP_STATES,
    "proof": PROOFS,
    "concern": CONCERNS,
    "phase": PHASES,
    "standing": STANDINGS,
    "batch": BATCHES,
    "origin": ORIGINS,
    "holding": HOLDINGS,
    "due": DUES,
    "order": ORDERS,
    "figure": FIGURES,
}
