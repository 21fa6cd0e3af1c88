"""Words for lists of members, in Chinese, translated by gettext; names of the rulebook in both languages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.rulebook.membership import membership_book
from shuiheng.web.words import OPERATORS, Words
from shuiheng.web.words_ledger import SOURCE_KINDS, USE_CLASSES, in_language, named_words

STANDINGS: Words = {"in": _("列入"), "unknown": _("待核实"), "out": _("未达标准")}
CHANGES: Words = {
    "entered": _("新增"),
    "stayed": _("保留"),
    "left": _("移出"),
    "doubted": _("上年在列，本年待核实"),
}
DOUBTS: Words = {
    "amount": _("水量不全"),
    "use_class": _("用水类别未登记"),
    "source": _("水源未登记"),
    "scale": _("是否规上未登记"),
    "public": _("是否公共机构未登记"),
    "words": _("须人工判断适用范围"),
}
WHY_NOT: Words = {
    "other_quantity": _("不以用水户的年水量为准"),
    "other_period": _("按月、按日等其他时段计量"),
    "no_period": _("没有写明时段"),
    "other_unit": _("单位不是水量"),
    "no_comparison": _("没有写明界限方向"),
    "no_duty": _("没有读出建名录的事项"),
    "spared": _("规定的是不适用的情形"),
}
LIST_STATES: Words = {
    "none": _("未生成"),
    "draft": _("草稿"),
    "adopted": _("已认定"),
    "withdrawn": _("已撤回"),
}
TEXTS: Words = {"known": _("条文待核对原件")}
MEMBER_DUTIES: Words = named_words(membership_book().duties)
MEMBER_LISTS: Words = {key: in_language(each.list_names) for key, each in membership_book().duties.items()}
QUANTITIES: Words = named_words(membership_book().quantities)
TABLES: dict[str, Words] = {
    "standing": STANDINGS,
    "change": CHANGES,
    "doubt": DOUBTS,
    "why_not": WHY_NOT,
    "list_state": LIST_STATES,
    "text": TEXTS,
    "duty": MEMBER_DUTIES,
    "list": MEMBER_LISTS,
    "quantity": QUANTITIES,
    "op": OPERATORS,
    "use_class": USE_CLASSES,
    "source_kind": SOURCE_KINDS,
}
