"""Words for what is published of a city's progress, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

STATES: Words = {
    "drafted": _("待发布"),
    "published": _("公开中"),
    "superseded": _("已有新的一期"),
    "withdrawn": _("已撤回"),
    "dropped": _("未发布"),
}
SOURCES: Words = {
    "figure": _("正式数据"),
    "cases": _("本市事项台账计数"),
    "nothing": _("尚无正式数据"),
}
FUNCTIONS: Words = {
    "base": _("基准年"),
    "chain": _("逐年连乘"),
    "each": _("分类合计"),
    "above": _("是否高于"),
    "clamp": _("限于"),
}
TABLES: Words = {
    "targets": _("目标进展"),
    "figures": _("正式数据"),
    "use": _("分区县、分类别用水量"),
    "columns": _("字段说明"),
}
COLUMNS: Words = {
    "target": _("目标编号"),
    "plan": _("方案"),
    "place": _("地区"),
    "metric": _("指标"),
    "scope": _("范围"),
    "demand": _("要求"),
    "wanted": _("目标值"),
    "wanted_most": _("目标值上限"),
    "unit": _("单位"),
    "baseline_year": _("基准年"),
    "deadline": _("期限"),
    "value": _("正式值；空白表示尚无正式值，不是零"),
    "up_to": _("数据截至"),
    "source": _("来源：figure为正式数据，cases为事项台账计数，nothing为尚无正式数据"),
    "figure": _("正式数据编号"),
    "released_on": _("发布日期"),
    "cases": _("事项数"),
    "standing": _("结论：met已达成，on_course正常推进，at_risk有风险，missed未达成，unknown尚不能判断"),
    "definition": _("指标定义编号"),
    "year": _("年份"),
    "district": _("区县；*表示全市，空白表示未填区县"),
    "use_class": _("用水类别；*表示全部类别"),
    "m3": _("用水量（m³）；空白表示不予列出或没有数据，不是零"),
    "users": _("有数据的用水户数"),
    "users_unknown": _("没有数据的用水户数"),
    "missing_share": _("没有读数的时间占比；这段时间的水量未计入"),
    "withheld": _("是否为保护用水户而不予列出"),
}
