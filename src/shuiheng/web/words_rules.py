"""Words for the codes of rules, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

SOURCE_KINDS: Words = {
    "law": _("法律"),
    "regulation": _("法规规章"),
    "standard": _("标准"),
    "notice": _("规范性文件"),
    "plan": _("方案计划"),
}
PROPOSAL_STATES: Words = {
    "proposed": _("待审定"),
    "accepted": _("已采用"),
    "rejected": _("未采用"),
    "withdrawn": _("已撤回"),
}
REPLAY_KINDS: Words = {
    "over_plan": _("超计划加价"),
    "non_household": _("非居民水费"),
    "household": _("居民水费"),
}
REPLAY_SIDES: Words = {
    "more": _("多付"),
    "less": _("少付"),
    "same": _("不变"),
    "unknown": _("算不出"),
}
REPLAY_VOLUME_SIDES: Words = {**REPLAY_SIDES, "more": _("增加"), "less": _("减少")}
REPLAY_WHY: Words = {
    "volume": _("水量不全"),
    "plan": _("没有用水计划"),
    "price_class": _("价格类别不明"),
    "price": _("没有价格"),
}
RULE_USES: Words = {
    "allowance_round": _("年度用水计划"),
    "charge_run": _("费用核算"),
    "late_fee": _("滞纳金"),
    "warning": _("用水预警"),
    "gate": _("准入审查"),
}
NORM_GRADES: Words = {
    "over": _("超定额"),
    "qualified": _("达标"),
    "advanced": _("先进"),
    "leader": _("领跑"),
    "unknown": _("不明"),
}
NORM_MISSING: Words = {
    "year_use": _("全年水量不全"),
    "activity": _("没有登记产品或服务"),
    "norm": _("产品或服务没有对应的定额"),
    "unit": _("计量单位与定额不符"),
    "norm_general": _("定额没有通用值"),
    "running_days": _("运行天数"),
    "activity_of_period": _("计费周期内的产量等不全"),
}
CASE_WORDS: Words = {
    "volume_m3": _("水量（m³）"),
    "plan_m3": _("计划（m³）"),
    "excess_m3": _("超出（m³）"),
    "price": _("价格（元/m³）"),
    "price_yuan_m3": _("价格（元/m³）"),
    "amount_yuan": _("金额（元）"),
    "over_part_yuan": _("超出部分总价（元）"),
    "principal_yuan": _("欠费（元）"),
    "supply_yuan": _("供水（元）"),
    "sewage_yuan": _("污水处理费（元）"),
    "resource_yuan": _("水资源费（元）"),
    "due_on": _("应缴日"),
    "until": _("计算至"),
    "persons": _("人数"),
    "periods": _("期数"),
    "meter": _("水表"),
    "class": _("类别"),
    "months": _("月份"),
}
