"""The form by which the office enters a credit record of a unit."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import CreditGrade, CreditKind, Organisation, WaterUser
from shuiheng.adapters.records.queries_credit import unit_in_sight
from shuiheng.services.credit.keep_credit import LONGEST, CreditFields, record_credit
from shuiheng.services.permission import Action
from shuiheng.services.rules.rulebook_now import rulebook_now
from shuiheng.services.scope import city_above
from shuiheng.web.page import page, seen
from shuiheng.web.pages.ledger.asks import Ask, Form
from shuiheng.web.pages.ledger.form_page import FormPage, asked, today_typed
from shuiheng.web.pages.rules.shown import rule_name
from shuiheng.web.words import Words
from shuiheng.web.words_credit import GRADES, KINDS

PENALTIES = "penalties"


@page(Action.CREDIT_KEEP, methods=("GET", "POST"))
def new_credit_record(request: HttpRequest, key: int) -> HttpResponse:
    """Enter a good record, or propose a bad one."""
    sight = seen(request, Action.CREDIT_KEEP)
    unit = unit_in_sight(sight, key)
    if unit is None:
        raise Http404
    users = [(row.pk, row.number) for row in sight(WaterUser).filter(organisation=unit)]

    def done(given: dict[str, Any]) -> str:
        kind, grade = CreditKind(given.pop("kind")), given.pop("grade")
        fields = CreditFields(kind=kind, grade=CreditGrade(grade) if grade else None, **given)
        return reverse("credit_record", args=[record_credit(request.user, unit.pk, fields).pk])

    form = FormPage(
        title=_("记录信用信息"),
        done=_("已保存。失信信息须告知当事人，并由另一人记入。"),
        asks=credit_asks(unit, users),
        initial={"happened_on": today_typed()},
        back=reverse("credit_of_unit", args=[unit.pk]),
        further={"unit": unit},
        template="credit/form.html",
    )
    return asked(request, form, done)


def credit_asks(unit: Organisation, users: list[tuple[int, str]]) -> list[Ask]:
    """Return what is asked of a record."""
    asks = [
        Ask(name="kind", label=_("性质"), form=Form.CHOICE, table=KINDS, is_needed=True),
        Ask(name="item", label=_("办理事项"), is_needed=True, is_long=True, limit=LONGEST["item"]),
        Ask(name="fact", label=_("事实"), is_needed=True, is_long=True, limit=LONGEST["fact"]),
        Ask(name="happened_on", label=_("发生或获得日期"), form=Form.DAY, is_needed=True),
        Ask(name="source", label=_("依据文件"), is_needed=True, is_long=True, limit=LONGEST["source"]),
        Ask(name="clause", label=_("条款"), is_needed=True, limit=LONGEST["clause"]),
        Ask(
            name="grade",
            label=_("失信程度"),
            form=Form.CHOICE,
            table=GRADES,
            hint=_("失信信息填写；公示期随程度而定。"),
        ),
        Ask(name="number", label=_("决定文号"), limit=LONGEST["number"], hint=_("失信信息填写。")),
        Ask(
            name="final_on",
            label=_("决定生效日期"),
            form=Form.DAY,
            hint=_("失信信息填写，未生效的不得记入。"),
        ),
        Ask(
            name="trigger",
            label=_("对应的法律责任情形"),
            form=Form.CHOICE,
            table=_triggers(unit),
            is_quoted=True,
            is_long=True,
        ),
    ]
    if users:
        label = _("户号（只涉及一户时填写）")
        asks.append(Ask(name="user", label=label, form=Form.KEY, choices=users))
    return asks


def _triggers(unit: Organisation) -> Words:
    """Return the acts for which the rulebook names a penalty, by their names."""
    rules = rulebook_now(city_above(unit.place)).values()
    return {
        rule.id.partition("/")[2]: rule_name(rule) for rule in rules if rule.id.startswith(f"{PENALTIES}/")
    }
