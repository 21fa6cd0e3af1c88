"""Words for credit records, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

KINDS: Words = {"good": _("守信信息"), "bad": _("失信信息")}
GRADES: Words = {"minor": _("轻微"), "ordinary": _("一般"), "severe": _("严重")}
STATES: Words = {
    "proposed": _("拟记入"),
    "notified": _("已告知当事人"),
    "shown": _("公示中"),
    "over": _("公示期满"),
    "repaired": _("已修复"),
    "withdrawn": _("已撤销"),
}
REQUESTS: Words = {"objection": _("异议"), "repair": _("信用修复")}
ANSWERS: Words = {"asked": _("待裁定"), "granted": _("同意"), "refused": _("不同意")}
TABLES: dict[str, Words] = {
    "kind": KINDS,
    "grade": GRADES,
    "state": STATES,
    "request": REQUESTS,
    "answer": ANSWERS,
}
