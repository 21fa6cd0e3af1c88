"""How a target is counted: what is proposed is confirmed, another way chosen, or it is left out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuiheng.adapters.records.models import RegisterTarget
from shuiheng.adapters.rulebook.knowledge import load_knowledge
from shuiheng.programmes.kind import CountWay
from shuiheng.programmes.target_counting import Kinds
from shuiheng.programmes.target_link import Served
from shuiheng.services.cases.count_target import desk_of
from shuiheng.services.cases.link_targets import (
    LONGEST_REASON,
    Chosen,
    LinkedTarget,
    choose_link,
    confirm_link,
    count_not,
    linked_targets,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.page import page
from shuiheng.web.pages.counts.shown import day_from
from shuiheng.web.pages.ledger.asks import Ask, Form
from shuiheng.web.pages.ledger.form_page import FormPage, asked
from shuiheng.web.saying import tried
from shuiheng.web.words import Words
from shuiheng.web.words_counts import WAYS, counting_name, countings_of, level_name

COUNTINGS = ("first", "second", "third", "fourth", "fifth")
HOW: Words = {
    "cases": gettext_lazy("按事项计数"),
    "indicator": gettext_lazy("按指标"),
    "not_counted": gettext_lazy("不由本程序计数"),
}
FIRST_YEAR, LAST_YEAR = Decimal(2000), Decimal(2100)


@page(Action.ASSIGN, methods=("POST",))
def confirm_target_link(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm what is proposed for a target."""
    row_for(request.user, Action.ASSIGN, RegisterTarget, pk=key)
    tried(request, lambda: confirm_link(request.user, key), done=_("已确认计数口径。"))
    return redirect("target_count", key)


@page(Action.ASSIGN, methods=("GET", "POST"))
def link_target(request: HttpRequest, key: int) -> HttpResponse:
    """Choose how a target is counted, or say that it is not."""
    target = row_for(request.user, Action.ASSIGN, RegisterTarget, pk=key)
    linked = linked_targets([target])[0]
    kinds = desk_of(target.plan.place, day_from({})).kinds

    def done(given: dict[str, Any]) -> str:
        how, reason = given.pop("how"), given.pop("reason")
        if how == "not_counted":
            count_not(request.user, key, reason=reason)
        else:
            choose_link(request.user, key, chosen_from(given, is_cases=how == "cases"), reason=reason)
        return reverse("target_count", args=[key])

    form = FormPage(
        title=_("计数口径"),
        done=_("已保存计数口径。"),
        asks=link_asks(kinds),
        initial=initial_of(linked),
        back=reverse("target_count", args=[key]),
        further={"target": target, "linked": linked, "kinds": kinds},
        template="counts/link.html",
    )
    return asked(request, form, done)


def link_asks(kinds: Kinds) -> list[Ask]:
    """Return what is asked: up to five counts that add up, and how they are counted."""
    countings: Words = {
        f"{kind.id}.{counting}": counting_name(Served(kind.id, counting), kinds)
        for kind in sorted(kinds.values(), key=lambda kind: kind.names["zh"])
        for counting in countings_of(kind)
    }
    levels: Words = {level: level_name(level) for kind in kinds.values() for level in kind.result.levels}
    indicators: Words = {term.id: term.name for term in load_knowledge().indicators}
    labels = (_("口径一"), _("口径二"), _("口径三"), _("口径四"), _("口径五"))
    return [
        Ask(name="how", label=_("怎样计数"), form=Form.CHOICE, table=HOW, is_needed=True),
        *(
            Ask(name=name, label=label, form=Form.CHOICE, table=countings, is_quoted=True)
            for name, label in zip(COUNTINGS, labels, strict=True)
        ),
        Ask(
            name="level",
            label=_("只计这一级别及以上"),
            form=Form.CHOICE,
            table=levels,
            is_quoted=True,
        ),
        Ask(
            name="way",
            label=_("计哪些"),
            form=Form.CHOICE,
            table=WAYS,
            hint=_("不选时按该口径的通常方式。"),
        ),
        Ask(name="since", label=_("只计此日起取得的"), form=Form.DAY),
        Ask(name="year", label=_("只计这一年"), form=Form.WHOLE, least=FIRST_YEAR, most=LAST_YEAR),
        Ask(name="indicator", label=_("指标"), form=Form.CHOICE, table=indicators, is_quoted=True),
        Ask(name="reason", label=_("理由"), is_long=True, limit=LONGEST_REASON, hint=_("不计数时必填。")),
    ]


def initial_of(linked: LinkedTarget) -> dict[str, str]:
    """Return what stands in the form at first: how the target is counted now."""
    how = linked.how
    asked_for = how.question
    given = {"how": "indicator" if asked_for is None and how.indicators else "cases"}
    if linked.is_left_out and linked.choice is not None:
        return {"how": "not_counted", "reason": linked.choice.reason}
    if asked_for is None:
        return given | {"indicator": how.indicators[0] if how.indicators else ""}
    counts = (f"{each.kind}.{each.counting}" for each in asked_for.served)
    return given | {
        **dict(zip(COUNTINGS, counts, strict=False)),
        "level": asked_for.level,
        "way": "" if asked_for.way is None else asked_for.way.value,
        "since": "" if asked_for.since is None else asked_for.since.isoformat(),
        "year": "" if asked_for.year is None else str(asked_for.year),
    }


def chosen_from(given: dict[str, Any], *, is_cases: bool) -> Chosen:
    """Return what was chosen in the form."""
    if not is_cases:
        return Chosen(indicator=given["indicator"] or "")
    codes = dict.fromkeys(given[name] for name in COUNTINGS if given[name])
    return Chosen(
        served=tuple(Served(*code.split(".", 1)) for code in codes),
        level=given["level"] or "",
        way=CountWay(given["way"]) if given["way"] else None,
        since=given["since"],
        year=None if given["year"] is None else int(given["year"]),
    )
