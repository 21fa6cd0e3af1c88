"""Pages on which an officer proposes a value of a rule, and another person decides on it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_rule_uses import uses_of_rule
from shuiheng.adapters.records.queries_rules import proposal_in_sight, proposals_of
from shuiheng.rules.parameter import Parameter, Value
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.rules.local_rules import LOOSER, Proposed, decide_rule, propose_rule, withdraw_rule
from shuiheng.services.rules.place_code import district_names
from shuiheng.services.rules.replay import KINDS_OF, AskedReplay, ask_replay
from shuiheng.services.rules.rule_impact import impact_of
from shuiheng.services.rules.rulebook_now import rulebook_now
from shuiheng.web.fields import day_of, wanted_day, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.rules.city import city_of
from shuiheng.web.pages.rules.shown import (
    differences,
    held_on,
    known_sources,
    rule_name,
    shown_value,
    words_now,
)
from shuiheng.web.pages.rules.told import told
from shuiheng.web.pages.rules.value_form import form_parts, layout_of, posted_value
from shuiheng.web.pages.rules.views import known_rule
from shuiheng.web.saying import say_error, tried

TEXTS = ("title", "number", "issuer", "clause", "printed", "note", "reason", "valid_from", "valid_to")
STATES = ("proposed", "accepted", "rejected", "withdrawn")


@page(Action.RULES_PROPOSE, methods=("GET", "POST"))
def propose_rule_value(request: HttpRequest, topic: str, name: str) -> HttpResponse:
    """Show the form of a value, filled from what holds today; or write the proposal down."""
    city = city_of(request, Action.RULES_PROPOSE)
    rule = known_rule(city, topic, name)
    if request.method == "POST":
        try:
            row = propose_rule(request.user, city.pk, _proposed(request, rule))
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            say_error(request, _in_words(error))
        else:
            return redirect("rule_proposal", row.pk)
    return render(request, "rules/propose.html", _form(request, city, rule, topic))


@page(Action.RULES_PROPOSE, methods=("POST",))
def try_rule_value(request: HttpRequest, topic: str, name: str) -> HttpResponse:
    """Replay the year that is over with the value that stands in the form; it is not proposed."""
    city = city_of(request, Action.RULES_PROPOSE)
    rule = known_rule(city, topic, name)
    if rule.id not in KINDS_OF:
        raise Http404
    year = timezone.localdate().year - 1
    try:
        typed = posted_value(rule, request.POST)
        asked = AskedReplay(year=year, kind=KINDS_OF[rule.id][0], rule=rule.id, typed=typed)
        job = ask_replay(request.user, city.pk, asked)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, _in_words(error))
        return render(request, "rules/propose.html", _form(request, city, rule, topic))
    return redirect("replay", job.pk)


@page(Action.RULES_LOOK)
def rule_proposals(request: HttpRequest) -> HttpResponse:
    """Show the values that the city proposed, with what became of them."""
    city, state = city_of(request), request.GET.get("state", "")
    rows = proposals_of(seen(request, Action.RULES_LOOK), city, state=state)
    book = rulebook_now(city)
    named = [(row, rule_name(book[row.rule]) if row.rule in book else row.rule) for row in rows]
    context = {"city": city, "rows": named, "states": STATES, "state": state}
    return render(request, "rules/proposals.html", context)


@page(Action.RULES_LOOK)
def rule_proposal(request: HttpRequest, key: int) -> HttpResponse:
    """Show one proposed value beside what holds without it, and what rests on the rule."""
    sight = seen(request, Action.RULES_LOOK)
    row = proposal_in_sight(sight, key)
    impact = None if row is None else impact_of(row)
    if row is None or impact is None:
        raise Http404
    city, is_open = row.place, row.state == "proposed"
    context = {
        "row": row,
        "city": city,
        "title": rule_name(impact.rule),
        "shown": None if impact.value is None else shown_value(impact.rule, impact.value, city),
        "before": None if impact.before is None else shown_value(impact.rule, impact.before, city),
        "parts": differences(impact.rule, impact.before, impact.value),
        "findings": [told(each, impact.rule, city) for each in impact.found],
        "is_looser": any(each.code == LOOSER for each in impact.found),
        "uses": sum(each.count for each in uses_of_rule(sight, city, row.rule)),
        "may_decide": is_open and may(request.user, Action.RULES_REVIEW) and row.proposed_by != request.user,
        "is_own": row.proposed_by == request.user,
        "may_replay": row.state in ("proposed", "accepted")
        and row.rule in KINDS_OF
        and (may(request.user, Action.RULES_PROPOSE) or may(request.user, Action.RULES_REVIEW)),
        "may_withdraw": (is_open and may(request.user, Action.RULES_PROPOSE))
        or (row.state == "accepted" and may(request.user, Action.RULES_REVIEW)),
    }
    return render(request, "rules/proposal.html", context)


@page(Action.RULES_REVIEW, methods=("POST",))
def decide_rule_proposal(request: HttpRequest, key: int) -> HttpResponse:
    """Accept or reject a proposed value."""
    is_accepted = request.POST.get("verdict") == "accept"
    words = words_of(request.POST, "words", limit=300)
    done = _("已采用，自生效日起适用。") if is_accepted else _("已退回，未采用。")
    tried(
        request,
        lambda: decide_rule(request.user, key, is_accepted=is_accepted, words=words),
        done=done,
    )
    return redirect("rule_proposal", key)


@page(Action.RULES_LOOK, methods=("POST",))
def withdraw_rule_proposal(request: HttpRequest, key: int) -> HttpResponse:
    """Withdraw a proposed or an accepted value with a reason."""
    reason = words_of(request.POST, "reason", limit=300)
    tried(request, lambda: withdraw_rule(request.user, key, reason=reason), done=_("已撤回。"))
    return redirect("rule_proposal", key)


def _proposed(request: HttpRequest, rule: Parameter) -> Proposed:
    posted = request.POST
    printed = words_of(posted, "printed", limit=2000).replace("，", "\n").replace("、", "\n")
    return Proposed(
        rule=rule.id,
        valid_from=wanted_day(posted, "valid_from"),
        valid_to=day_of(posted, "valid_to"),
        value=posted_value(rule, posted),
        source=words_of(posted, "source", limit=80),
        title=words_of(posted, "title", limit=200),
        number=words_of(posted, "number", limit=120),
        issuer=words_of(posted, "issuer", limit=120),
        clause=words_of(posted, "clause", limit=120),
        printed=[line.strip() for line in printed.splitlines() if line.strip()],
        reason=words_of(posted, "reason", limit=300),
        note=words_of(posted, "note", limit=300),
        area=words_of(posted, "area", limit=6),
    )


def _form(request: HttpRequest, city: Place, rule: Parameter, topic: str) -> dict[str, Any]:
    posted = request.POST if request.method == "POST" else None
    held = held_on(rule, city, timezone.localdate())
    value = _example(rule) if held is None else held.value.value
    texts = {name: posted.get(name, "") if posted is not None else "" for name in (*TEXTS, "source", "area")}
    return {
        "city": city,
        "rule": rule,
        "topic": topic,
        "name": rule.id.partition("/")[2],
        "title": rule_name(rule),
        "parts": form_parts(rule, value, None if posted is None else posted.dict()),
        "nested": bool(rule.fields) and layout_of(rule).nested,
        "held": None if held is None else shown_value(rule, held.value, city),
        "texts": texts,
        "sources": sorted((source.title, source.id) for source in known_sources().values()),
        "districts": district_names(city).items(),
        "may_try": rule.id in KINDS_OF and may(request.user, Action.CHARGES_LOOK),
    }


def _example(rule: Parameter) -> Value | None:
    """Return the newest value of another place, from which a form shows how one looks; or None."""
    newest = max(rule.values, key=lambda each: each.valid_from, default=None)
    return None if newest is None else newest.value


def _in_words(error: ServiceError) -> ServiceError:
    """Return an error with the name of its field as the form prints it."""
    field = error.values.get("field", "")
    if error.code in ("rules.field_missing", "rules.unusable", "services.field_unread"):
        last = field.rpartition(".")[2]
        word = str(_field_words().get(last) or words_now().field(last))
        return ServiceError(error.code, **(error.values | {"field": word}))
    return error


def _field_words() -> dict[str, str]:
    """Return the words of the fields of the form."""
    return {
        "source": _("文件"),
        "issuer": _("制定机关"),
        "clause": _("条款"),
        "printed": _("原文所载数字"),
        "reason": _("理由"),
        "valid_from": _("自何日起"),
        "valid_to": _("至何日止"),
        "value": _("数值"),
    }
