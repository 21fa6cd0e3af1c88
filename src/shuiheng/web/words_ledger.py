"""Words for the codes of the water-user ledger, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.rulebook.use_classes import Named, use_classes
from shuiheng.web.words import Words


def in_language(named: Named) -> Promise:
    """Return a name of the rulebook in the language in which a page is shown."""
    return lazy(lambda: named.name("en" if (get_language() or "").startswith("en") else "zh"), str)()


USE_CLASSES: Words = {code: in_language(named) for code, named in use_classes().items()}
SOURCE_KINDS: Words = {"abstraction": _("自备取水"), "supply": _("公共供水")}
WATER_KINDS: Words = {
    "surface": _("地表水"),
    "groundwater": _("地下水"),
    "tap": _("自来水"),
    "reclaimed": _("再生水"),
    "rain": _("雨水"),
    "mine": _("矿井水"),
    "desalinated": _("海水淡化水"),
    "geothermal": _("地热水和矿泉水"),
}
PRICE_CLASSES: Words = {
    "residential": _("居民生活用水"),
    "non_residential": _("非居民用水"),
    "special": _("特种用水"),
}
METER_ROLES: Words = {"use": _("用水"), "inlet": _("进水"), "outlet": _("出水")}
METER_LEVELS: Words = {"1": _("一级（进口）"), "2": _("二级（车间）"), "3": _("三级（设备）")}
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
DUTIES: Words = {"water_manager": _("水务经理"), "filer": _("填报人"), "leader": _("负责人")}
POSITION_METHODS: Words = {"survey": _("实测"), "map": _("图上量取"), "address": _("按地址推算")}
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
