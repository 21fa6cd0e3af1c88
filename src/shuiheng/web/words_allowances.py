"""Words for the pages of planned allowances, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import OPERATORS, Words
from shuiheng.web.words_ledger import USE_CLASSES, WATER_KINDS

ROUND_STATES: Words = {
    "open": _("待核定"),
    "computed": _("已核定，待复核"),
    "reviewed": _("已复核，待下达"),
    "published": _("已下达"),
}
ENTRY_KINDS: Words = {
    "initial": _("年初下达"),
    "rebalancing": _("月间调剂"),
    "increase": _("增加"),
    "decrease": _("减少"),
    "transfer": _("转让"),
    "carry_over": _("上年结转"),
    "borrowing": _("预借"),
}
ENTRY_STATES: Words = {
    "asked": _("待答复"),
    "approved": _("已批准"),
    "rejected": _("未批准"),
    "withdrawn": _("已撤回"),
    "revoked": _("随计划撤销"),
}
ROW_STATES: Words = {
    "with": _("已有指标"),
    "without": _("尚无指标"),
    "by_hand": _("人工核定"),
    "found": _("有待核实事项"),
    "shared": _("因总量不足核减"),
}
SPLITS: Words = {
    "own": _("按用水户申报"),
    "last_year": _("按上年逐月用水"),
    "equal": _("按十二等分"),
}
METHODS: Words = {
    "norm": _("定额法"),
    "several_year_mean": _("多年平均法"),
    "permit": _("许可水量"),
    "supply": _("供水能力"),
    "design": _("设计用水量"),
    "proposal": _("用水户申报量"),
    "equal_share": _("平均分配"),
    "minimum": _("多项取最小"),
    "first_known": _("按顺序取第一个有数据的"),
}
VERDICTS: Words = {
    "within": _("计划内"),
    "near": _("临近"),
    "over": _("超计划"),
    "unknown": _("数据不足"),
}
GROUPS: Words = {"district": _("区县"), "use_class": _("用水类别"), "water": _("水源种类")}
TABLES: dict[str, Words] = {
    "round": ROUND_STATES,
    "kind": ENTRY_KINDS,
    "entry": ENTRY_STATES,
    "row": ROW_STATES,
    "split": SPLITS,
    "method": METHODS,
    "verdict": VERDICTS,
    "group": GROUPS,
    "use_class": USE_CLASSES,
    "water": WATER_KINDS,
    "op": OPERATORS,
}
