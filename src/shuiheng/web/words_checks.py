"""Words for checks and orders, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

STATES: Words = {
    "planned": _("待检查"),
    "under_way": _("检查中"),
    "recorded": _("已记录"),
    "finding_open": _("有问题待办结"),
    "closed": _("已办结"),
    "void": _("已作废"),
}
RESULTS: Words = {
    "passed": _("未发现问题"),
    "to_mend": _("发现问题"),
    "refused": _("拒绝检查"),
    "not_found": _("未找到对象"),
}
FILES: Words = {"photo": _("照片"), "signature": _("签名"), "scan": _("纸质扫描件")}
EVIDENCE: Words = {"raw": _("未审核"), "reviewed": _("已审核"), "rejected": _("不采用")}
ORDERS: Words = {
    "mend": _("责令改正"),
    "warning": _("警告"),
    "fine": _("罚款"),
    "transfer": _("移送处理"),
}
ORDER_STATES: Words = {
    "decided": _("待送达"),
    "served": _("已送达"),
    "proved": _("待复查"),
    "closed": _("已办结"),
    "void": _("已撤销"),
}
YES_NO: Words = {"yes": _("是"), "no": _("否"), "not_applicable": _("不适用")}
WHY_NOT: Words = {
    "survey": _("统计调查资料，不得作为依据"),
    "rejected": _("审核未采用"),
    "own_review": _("由提供人自己审核"),
    "unreviewed": _("电子记录未经审核"),
    "unverified_meter": _("计量器具未检定"),
    "same_bytes": _("内容重复"),
}
TABLES: dict[str, Words] = {
    "state": STATES,
    "result": RESULTS,
    "file": FILES,
    "evidence": EVIDENCE,
    "order": ORDERS,
    "order_state": ORDER_STATES,
    "yes_no": YES_NO,
    "why_not": WHY_NOT,
}
