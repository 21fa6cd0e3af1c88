"""Words for reports by the public, in Chinese, translated by gettext; matters have theirs in the rulebook."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

STATES: Words = {
    "new": _("新收到"),
    "triaged": _("本办办理中"),
    "assigned": _("已转办"),
    "answered": _("已答复"),
    "published": _("已公开"),
    "closed": _("已办结"),
    "merged": _("已并案"),
    "refused": _("不予受理"),
}
TOLD_STATES: Words = {
    "new": _("已收到，等待分办"),
    "triaged": _("正在办理"),
    "assigned": _("已转有关单位办理"),
    "answered": _("已答复"),
    "published": _("已答复"),
    "closed": _("已答复"),
    "refused": _("未予受理"),
}
STEPS: Words = {
    "received": _("收到"),
    "triaged": _("分办"),
    "assigned": _("转办"),
    "merged": _("并案"),
    "refused": _("不予受理"),
    "answered": _("答复"),
    "returned": _("退回重新答复"),
    "worded": _("拟写公开文字"),
    "published": _("公开"),
    "withdrawn": _("撤回公开"),
    "closed": _("办结"),
}
REASONS: Words = {
    "photo": _("照片相同"),
    "words": _("内容相近"),
    "place": _("地点相近"),
    "near": _("坐标相近"),
}
PERSONS: Words = {
    "name": _("反映人姓名"),
    "phone": _("反映人电话"),
    "number": _("电话或长号码"),
    "mail": _("邮箱"),
    "titled": _("对人的称呼"),
}
PACES: Words = {"urgent": _("紧急"), "prompt": _("较急"), "ordinary": _("一般")}
FIELDS: Words = {
    "kind": _("反映的问题"),
    "words": _("情况说明"),
    "spot": _("地点"),
    "district": _("区县"),
    "latitude": _("纬度"),
    "longitude": _("经度"),
    "name": _("称呼"),
    "phone": _("联系电话"),
    "reason": _("理由"),
    "answer": _("答复"),
    "organisation": _("承办单位"),
    "public_title": _("公开标题"),
    "public_answer": _("公开答复"),
}
TABLES: dict[str, Words] = {
    "state": STATES,
    "told": TOLD_STATES,
    "step": STEPS,
    "reason": REASONS,
    "person": PERSONS,
    "pace": PACES,
}
