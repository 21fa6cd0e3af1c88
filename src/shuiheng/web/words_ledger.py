"""Words for the codes of the water-user ledger: those of the rulebook, and Chinese translated by gettext."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.rulebook.ledger_words import ledger_words
from shuiheng.adapters.rulebook.use_classes import Named, use_classes
from shuiheng.web.words import Words


def in_language(names: Mapping[str, str]) -> Promise:
    """Return a name of the rulebook in the language in which a page is shown."""
    return lazy(lambda: names["en" if (get_language() or "").startswith("en") else "zh"], str)()


def named_words(named: Mapping[str, Named]) -> Words:
    """Return names of the rulebook by their codes, in the language in which a page is shown."""
    return {code: in_language(each.names) for code, each in named.items()}


USE_CLASSES: Words = named_words(use_classes())
SOURCE_KINDS: Words = named_words(ledger_words()["source_kind"])
WATER_KINDS: Words = named_words(ledger_words()["water_kind"])
PRICE_CLASSES: Words = named_words(ledger_words()["price_class"])
METER_ROLES: Words = named_words(ledger_words()["meter_role"])
METER_LEVELS: Words = named_words(ledger_words()["meter_level"])
DUTIES: Words = named_words(ledger_words()["duty"])
POSITION_METHODS: Words = named_words(ledger_words()["position_method"])
METER_EVENTS: Words = {
    "installed": _("安装"),
    "swapped": _("换表"),
    "reset": _("归零"),
    "removed": _("拆除"),
    "verified": _("检定"),
    "sealed": _("加封"),
    "unsealed": _("启封"),
    "telemetry_on": _("接入远传"),
    "telemetry_off": _("断开远传"),
}
DOCUMENT_KINDS: Words = {
    "permit": _("取水许可证"),
    "test_report": _("水平衡测试报告"),
    "photo": _("现场照片"),
    "contract": _("供用水合同"),
}
YES_NO: Words = {"yes": _("是"), "no": _("否")}
TABLES: dict[str, Words] = {
    "use_class": USE_CLASSES,
    "source_kind": SOURCE_KINDS,
    "water_kind": WATER_KINDS,
    "price_class": PRICE_CLASSES,
    "meter_role": METER_ROLES,
    "meter_level": METER_LEVELS,
    "meter_event": METER_EVENTS,
    "duty": DUTIES,
    "position_method": POSITION_METHODS,
    "document_kind": DOCUMENT_KINDS,
}
