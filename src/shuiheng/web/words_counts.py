"""Words for what counts for targets, in Chinese, translated by gettext."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.rulebook.knowledge import load_knowledge
from shuiheng.adapters.rulebook.membership import membership_book
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.adapters.rulebook.target_links import target_links
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.target_counting import Kinds
from shuiheng.programmes.target_link import LinkGap, Served, TargetLink
from shuiheng.services.cases.link_json import HowCounted
from shuiheng.services.cases.rate_members import NO_REGISTER
from shuiheng.web.words import Words

WAYS: Words = {
    "standing": _("当日有效的"),
    "cumulative": _("历年累计的"),
    "in_year": _("当年取得的"),
}
STAGES: Words = {
    "planned": _("已立项"),
    "under_way": _("办理中"),
    "done": _("有效"),
    "lost": _("失效或撤销"),
    "dropped": _("终止"),
}
STATES: Words = {
    "confirmed": _("已确认"),
    "open": _("待确认"),
    "left_out": _("不计数"),
    "unlinked": _("未挂接"),
}
BASES: Words = {
    "metric": _("指标名称"),
    "whole": _("上级目标"),
    "quote": _("目标原文"),
    "task": _("所属任务"),
}
PROBLEMS: Words = {
    "gone": _("没有这个统计口径"),
    "no_level": _("该类事项没有这个级别"),
    "no_district": _("台账中没有这个区县"),
    "no_scope": _("没有说明这一范围包括哪些区县"),
    "not_here": _("本市没有方案所说的范围，这一项不适用"),
    "no_list": _("分母名单不全"),
    "no_weight": _("名单中有的权重未知"),
}
SCOPE_KINDS: Words = {
    "part": _("本市的一部分"),
    "whole": _("即全市"),
    "none": _("本市没有这一范围，此类要求不适用"),
}
TABLES: dict[str, Words] = {
    "scope": SCOPE_KINDS,
    "way": WAYS,
    "stage": STAGES,
    "state": STATES,
    "basis": BASES,
    "problem": PROBLEMS,
}


def language() -> str:
    """Return the language of the reader, as rulebook names are kept."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def counting_name(served: Served, kinds: Kinds) -> str:
    """Return the name of a count or rate with that of its kind."""
    kind = kinds.get(served.kind)
    if kind is None:
        return served.kind
    names = countings_of(kind).get(served.counting)
    return f"{kind.names[language()]} · {names[language()] if names else served.counting}"


def countings_of(kind: ProgrammeKind) -> Mapping[str, Mapping[str, str]]:
    """Return the names of the counts and rates of a kind, by their ids."""
    return {count.id: count.names for count in kind.counts} | {rate.id: rate.names for rate in kind.rates}


def level_name(level: str) -> str:
    """Return the name of a level of results."""
    names = programme_words().levels.get(level)
    return level if names is None else names[language()]


def fact_name(fact: str) -> str:
    """Return the name of a fact that is missing, or of a list that nobody keeps."""
    if fact == NO_REGISTER:
        return str(_("没有这类对象的名录"))
    names = programme_words().facts.get(fact)
    return fact if names is None else names.names[language()]


def served_names(how: HowCounted, kinds: Kinds) -> list[str]:
    """Return the names of all that serves a target: counts, indicators, lists of the ledger."""
    indicators = {term.id: term.name for term in load_knowledge().indicators}
    duties = membership_book().duties
    counts = () if how.question is None else how.question.served
    return [
        *(counting_name(each, kinds) for each in counts),
        *(indicators.get(each, each) for each in how.indicators),
        *(duties[each].list_names[language()] for each in how.duties if each in duties),
    ]


def gap_reason(how: HowCounted) -> str:
    """Return why nothing serves a target; nothing where something does."""
    if not how.gap:
        return ""
    link = TargetLink(target="", gap=LinkGap(how.gap), gap_words=how.gap_words)
    return target_links().reason(link, language())
