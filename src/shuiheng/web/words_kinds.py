"""Words of the pages of kinds of programmes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

STATES: Words = {
    "proposed": _("待审定"),
    "accepted": _("已采用"),
    "refused": _("未采用"),
    "withdrawn": _("已撤回"),
}
RULES: Words = {
    "veto": _("一票否决"),
    "threshold": _("达标得分"),
    "linear": _("按比例得分"),
    "step": _("分档得分"),
    "manual": _("人工评分"),
}
WAYS: Words = {
    "standing": _("当日有效数"),
    "cumulative": _("累计数"),
    "in_year": _("当年新增数"),
}
ONCE_PER: Words = {"subject": _("每个对象计一次"), "case": _("每件事项计一次")}
MARKS: Words = {
    "template": _("未核对模板"),
    "unchecked": _("未核对"),
    "local": _("本市版本"),
    "waiting": _("有修订待审定"),
}
DAYS: Words = {"days": _("日"), "workdays": _("个工作日"), "months": _("个月"), "years": _("年")}
FIELDS: Words = {
    "name": _("名称"),
    "until": _("停止受理的首日；没有的不写"),
    "subject": _("一件事项针对什么"),
    "measures": _("一件事项另计的数量和单位"),
    "eligibility": _("谁可以申报，或者谁必须做"),
    "steps": _("环节：谁办、在哪些环节之后、期限、佐证、怎样结束、产生什么文书"),
    "criteria": _("评价标准：各组分值之和等于满分，各级有及格分"),
    "result": _("结果：由哪个环节给出、级别、有效期、复核、升级、撤销情形"),
    "counts": _("统计口径：从哪个环节办结之日起计，计个数还是数量"),
    "rates": _("比例：口径除以名录"),
    "serves": _("方案目标中的哪些字样对应哪个口径"),
    "public": _("可以公开的栏目"),
    "bases": _("依据：文件、条款、自何日起、来源程度"),
    "note": _("给使用人的说明"),
    "checked": _("谁在何日对照过原文；没有的写 null"),
}
