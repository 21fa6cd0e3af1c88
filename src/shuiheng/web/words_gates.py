"""Words of the pages of projects, gates and permits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

OUTCOMES: Words = {
    "passed": _("符合"),
    "failed": _("不符合"),
    "unknown": _("不能判断"),
    "not_asked": _("不适用"),
}
EVALUATED: Words = {
    "passed": _("通过"),
    "failed": _("未通过"),
    "open": _("未评价"),
    "unknown": _("未填计划用水量"),
    "not_asked": _("不需评价"),
}
OPERATORS: Words = {
    "is": _("应为"),
    "among": _("应为"),
    "at_least": "≥",
    "above": ">",
    "at_most": "≤",
    "below": "<",
}
PERMIT_STATES: Words = {
    "running": _("有效"),
    "near": _("将到期"),
    "asked": _("已申请延续"),
    "late": _("逾期未申请延续"),
    "expired": _("已过期"),
    "unknown": _("有效期不明"),
}
NOTE_KINDS: Words = {
    "renewal_asked": _("收到延续申请"),
    "annual_report": _("收到年度取水情况报告"),
    "idle_kept": _("同意停止取水期间保留许可证"),
}
FLAG_WORDS: Words = {"yes": _("是"), "no": _("否")}
GATE_UNITS: Words = {
    "m2": "m²",
    "m3": "m³",
    "ratio": "",
    "days": _("天"),
    "persons": _("人"),
    "count": _("个"),
}
