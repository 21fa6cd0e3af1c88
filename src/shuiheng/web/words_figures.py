"""Words of figures and of how they came to be, in Chinese, translated by gettext."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

GRADES: Words = {
    "measured": _("实测"),
    "estimated": _("估算"),
    "reported": _("上报"),
    "missing": _("缺失"),
}
NODES: Words = {
    "target": _("目标"),
    "indicator": _("指标"),
    "part": _("分项"),
    "fact": _("基础数据"),
    "constant": _("常数"),
    "count": _("计数"),
    "case": _("事项"),
    "reported": _("填报"),
}
ORIGINS: Words = {
    "statistic": _("统计数据"),
    "settled": _("结算水量"),
    "ledger": _("台账"),
    "calendar": _("日历"),
    "case": _("事项"),
    "programme": _("事项"),
    "progress": _("单位填报"),
}
TABLES: Mapping[str, Words] = {"grade": GRADES, "node": NODES, "origin": ORIGINS}
