"""Words of the pages of odds, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuiheng.web.words import Words

WHYS: Words = {
    "final": _("已有定论"),
    "too_little": _("已知的年份或事项太少"),
    "no_value": _("尚无数值可推算"),
    "no_cases": _("还没有任何事项"),
}
ASSUMPTIONS: Words = {
    "goes_on": _("过去推动数值变化的因素继续起作用，不考虑新的政策、工厂或旱情。"),
    "same_blocks": _("同一次推算中，各项数据取同一过去时段的波动。"),
    "gaps_sampled": _("没有数值的时段按以往波动推算。"),
    "one_model": _("数据太短，只用了一种模型。"),
    "past_pace": _("事项的用时和不通过的比例与过去相同。"),
    "no_openings": _("一半推算不考虑再立新事项。"),
    "openings_go_on": _("一半推算按过去一年的速度继续立项。"),
    "drivers_again": _("气温和降水按往年同期抽取，工业产出按往年的增速延续。"),
}
MODELS: Words = {
    "drift": _("按过去的平均变化延续"),
    "level": _("维持现状"),
    "past_days.going": _("按过去用时，继续立项"),
    "past_days.alone": _("按过去用时，不再立项"),
    "even_pace.going": _("按平均速度，继续立项"),
    "even_pace.alone": _("按平均速度，不再立项"),
}
LIKELIHOODS: Words = {
    "unlikely": _("可能性小"),
    "open": _("难以预料"),
    "likely": _("可能性大"),
}
