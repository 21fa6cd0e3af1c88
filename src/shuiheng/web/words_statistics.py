"""Words of statistics, in Chinese, translated by gettext."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

STATES: Words = {"entered": _("待确认"), "confirmed": _("已确认"), "refused": _("已退回")}
UNDERS: Words = {
    "administration": _("行政管理"),
    "survey": _("统计调查"),
    "voluntary": _("自愿填报"),
}
SORTS: Words = {"new": _("新增"), "changed": _("变更")}
BATCHES: Words = {"checked": _("待写入"), "taken": _("已写入"), "undone": _("已撤销")}
TABLES: Mapping[str, Words] = {"state": STATES, "under": UNDERS, "sort": SORTS, "batch": BATCHES}
