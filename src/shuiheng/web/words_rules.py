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
