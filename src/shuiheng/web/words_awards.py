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
MONEY: Words = {
    "central": _("中央资金"),
    "province": _("省级资金"),
    "city": _("市级资金"),
    "district": _("区县资金"),
    "other": _("其他资金"),
}
MATTERS: Words = {
    "title": _("创建称号"),
    "works": _("节水改造工程"),
    "source": _("非常规水设施"),
    "audit": _("水平衡测试或评价"),
    "irrigation": _("灌溉节水"),
    "other": _("其他事项"),
}
LIKENESS: Words = {
    "subject": _("事项相同"),
    "matter": _("类别相同"),
    "period": _("时间重叠"),
    "money": _("资金来源相同"),
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
    "money": MONEY,
    "matter": MATTERS,
    "likeness": LIKENESS,
    "scheme_state": SCHEME_STATES,
    "state": STATES,
    "mode": MODES,
    "repeats": REPEATS,
    "fact": FACTS,
    "comparison": COMPARISONS,
    "verdict": VERDICTS,
    "metered": METERED,
}
