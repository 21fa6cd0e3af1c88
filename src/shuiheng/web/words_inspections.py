"""Words for random inspections, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

STATES: Words = {
    "draft": _("编制中"),
    "committed": _("已公布承诺值"),
    "drawn": _("已抽取"),
    "void": _("已终止"),
}
KINDS: Words = {"user": _("用水户"), "permit": _("取水许可证"), "project": _("建设项目")}
SEEDS: Words = {"public_number": _("以后公布的公开数字"), "sealed_numbers": _("多人密封的随机数")}
ANSWERS: Words = {"yes_no": _("是或否"), "number": _("数值"), "text": _("文字")}
CREDITS: Words = {
    "A": _("A类"),
    "B": _("B类"),
    "C": _("C类"),
    "D": _("D类"),
    "unrated": _("未评级"),
}
TABLES: dict[str, Words] = {
    "state": STATES,
    "kind": KINDS,
    "seed": SEEDS,
    "answer": ANSWERS,
    "credit": CREDITS,
}
