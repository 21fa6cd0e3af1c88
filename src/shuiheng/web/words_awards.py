"""Words for schemes of rewards and applications for them, in Chinese, translated by gettext."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words
from shuiheng.web.words_ledger import DOCUMENT_KINDS, USE_CLASSES, YES_NO

KINDS: Words = {
    "reward": _("节水奖励"),
    "subsidy": _("节水补助"),
    "irrigation": _("农业用水精准补贴"),
    "relief": _("税收优惠"),
}
SCHEME_STATES: Words = {
    "draft": _("草稿"),
    "open": _("受理中"),
    "closed": _("停止受理"),
    "withdrawn": _("已撤回"),
}
STATES: Words = {
    "asked": _("待审核"),
    "checked": _("待批准"),
    "approved": _("已批准"),
    "paid": _("已支付"),
    "rejected": _("已退回"),
    "withdrawn": _("已撤回"),
}
MODES: Words = {
    "fixed": _("定额"),
    "asked": _("按申请金额"),
    "share": _("按投入比例"),
    "irrigation": _("按节约水量（规则库标准）"),
}
REPEATS: Words = {"once": _("同一事项只奖补一次"), "yearly": _("同一事项每年一次")}
FACTS: Words = {
    "use_class": _("用水类别"),
    "above_scale": _("规模以上企业"),
    "public_institution": _("公共机构"),
    "document": _("台账资料"),
    "year_use_m3": _("年用水量（m³）"),
    "saved_share": _("比上年节水（%）"),
    "use_of_allowance": _("用水占计划（%）"),
    "overdue_yuan": _("逾期欠费（元）"),
}
COMPARISONS: Words = {"at_least": "≥", "at_most": "≤", "among": _("为")}
VERDICTS: Words = {"yes": _("符合"), "no": _("不符合"), "unknown": _("待核实")}
METERED: Words = {"meter": _("计量水量（取自台账）"), "power": _("以电折水")}
CHOICES_OF_FACT: Mapping[str, Words] = {
    "use_class": USE_CLASSES,
    "above_scale": YES_NO,
    "public_institution": YES_NO,
    "document": DOCUMENT_KINDS,
}
IN_PERCENT = frozenset({"saved_share", "use_of_allowance"})
TABLES: dict[str, Words] = {
    "kind": KINDS,
    "scheme_state": SCHEME_STATES,
    "state": STATES,
    "mode": MODES,
    "repeats": REPEATS,
    "fact": FACTS,
    "comparison": COMPARISONS,
    "verdict": VERDICTS,
    "metered": METERED,
}
