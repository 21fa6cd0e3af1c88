"""Words of charges, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

KINDS: Words = {
    "over_plan": _("超计划用水加价"),
    "non_household": _("非居民水费"),
    "household": _("居民水费试算"),
    "resource_tax": _("水资源税测算"),
}
RUN_STATES: Words = {
    "draft": _("草稿"),
    "reviewed": _("已复核"),
    "issued": _("已发出"),
    "withdrawn": _("已撤回"),
}
CHARGE_STATES: Words = {"draft": _("未发出"), "issued": _("已发出"), "reversed": _("已冲正")}
DELIVERIES: Words = {"told": _("已送达"), "read": _("已读"), "received": _("已签收")}
ENTRY_KINDS: Words = {
    "payment": _("缴款"),
    "waiver": _("减免"),
    "refund": _("退费"),
    "late_fee": _("滞纳金"),
    "reversal": _("冲正"),
}
ENTRY_STATES: Words = {"asked": _("待放行"), "released": _("已生效"), "rejected": _("已驳回")}
PERIODS: Words = {
    "month": _("按月"),
    "two_months": _("按双月"),
    "quarter": _("按季度"),
    "year_to_date": _("按年累计"),
    "year": _("按年"),
}
CLASS_STATES: Words = {"asked": _("待同意"), "accepted": _("已生效"), "rejected": _("已驳回")}
OUTCOMES: Words = {
    "due": _("应缴"),
    "free": _("无需缴纳"),
    "unknown": _("金额未知"),
    "credit": _("应退"),
    "held": _("暂不发出"),
}
TRIALS: Words = {
    "over_plan": _("超计划用水加价"),
    "non_household": _("非居民水费"),
    "household": _("居民阶梯水费"),
    "late_fee": _("滞纳金"),
}
PRICE_CLASSES: Words = {
    "non_residential": _("非居民用水"),
    "special": _("特种用水"),
    "residential": _("居民生活用水"),
}
ORIGINS: Words = {
    "source": _("水源结算水量"),
    "water_user": _("用户结算水量"),
    "allowance": _("下达的用水计划"),
    "charge": _("费用"),
    "charge_entry": _("收缴记录"),
    "charges": _("本年已计的费用"),
    "typed": _("自行填写"),
}
TABLES = {
    "kind": KINDS,
    "run_state": RUN_STATES,
    "charge_state": CHARGE_STATES,
    "class_state": CLASS_STATES,
    "delivery": DELIVERIES,
    "entry": ENTRY_KINDS,
    "entry_state": ENTRY_STATES,
    "period": PERIODS,
    "outcome": OUTCOMES,
    "trial": TRIALS,
    "price_class": PRICE_CLASSES,
}
