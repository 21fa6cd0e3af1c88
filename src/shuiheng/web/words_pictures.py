"""Words of pictures, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

MEASURES: Words = {
    "total": _("用水总量"),
    "gdp": _("万元GDP用水量"),
    "industry": _("万元工业增加值用水量"),
}
OVER: Words = {"True": _("已超指标"), "False": _("在指标内"), "None": _("不能判断")}
OVER_MARKS = {"True": "✕", "False": "✓", "None": "?"}
