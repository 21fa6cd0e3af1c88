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
REPLAY_WHY: Words = {
    "volume": _("水量不全"),
    "plan": _("没有用水计划"),
    "price_class": _("价格类别不明"),
    "price": _("没有价格"),
}
