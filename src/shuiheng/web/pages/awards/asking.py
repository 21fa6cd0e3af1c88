"""The form of an application: for one's own unit, or entered by the office for a user."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Award, AwardMatter, AwardScheme, SchemeState, WaterUser
from shuiheng.adapters.records.queries_awards import user_in_sight
from shuiheng.charges.subsidy import Metered
from shuiheng.services.allowances.keep_user_document import UploadedFile
from shuiheng.services.awards.ask_award import LONGEST, AskedAward, ask_award, enter_award
from shuiheng.services.awards.award_amount import Given
from shuiheng.services.awards.terms import AmountMode, Terms, read_terms
from shuiheng.services.permission import Action, Actor
from shuiheng.web.fields import key_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.ledger.asks import Ask, Form
from shuiheng.web.pages.ledger.form_page import FormPage, asked
from shuiheng.web.words_awards import MATTERS, METERED

LEAST, PLACES = Decimal("0.01"), 2
Work = Callable[[Actor, int, int, AskedAward], Award]


@page(Action.AWARDS_ASK, methods=("GET", "POST"))
def ask_for_award(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for an award in the name of one's own unit."""
    return _form(request, key, Action.AWARDS_ASK, ask_award)


@page(Action.AWARDS_KEEP, methods=("GET", "POST"))
def enter_for_award(request: HttpRequest, key: int) -> HttpResponse:
    """Enter an application that reached the office on paper."""
    return _form(request, key, Action.AWARDS_KEEP, enter_award)


def _form(request: HttpRequest, key: int, action: Action, work: Work) -> HttpResponse:
    user = user_in_sight(seen(request, action), key)
    scheme = None if user is None else _wanted_scheme(request, user)
    if user is None:
        raise Http404
    if scheme is None:
        messages.error(request, _("请选择受理中的项目。"))
        return redirect("awards")
    terms = read_terms(scheme.terms)

    def done(given: dict[str, Any]) -> str:
        files = [
            UploadedFile(name=each.name or "", content=each.read()) for each in request.FILES.getlist("files")
        ]
        subject, basis = given.pop("subject"), given.pop("basis")
        matter, first, last = (given.pop(name) for name in ("matter", "first", "last"))
        if "metered" in given:
            given["metered"] = Metered(given["metered"] or "meter")
        asked_award = AskedAward(
            subject=subject,
            basis=basis,
            given=Given(**given),
            matter=AwardMatter(matter),
            first=first,
            last=last,
            files=files,
        )
        return reverse("award", args=[work(request.user, user.pk, scheme.pk, asked_award).pk])

    form = FormPage(
        title=_("申请奖补"),
        done=_("申请已提交。"),
        asks=award_asks(terms),
        initial={"metered": "meter"},
        back=reverse("awards"),
        further={"scheme": scheme, "terms": terms, "water_user": user},
        template="awards/ask.html",
    )
    return asked(request, form, done)


def award_asks(terms: Terms) -> list[Ask]:
    """Return what an applicant is asked under the terms of a scheme."""
    asks = [
        Ask(
            name="subject",
            label=_("奖补事项"),
            is_needed=True,
            is_long=True,
            limit=LONGEST["subject"],
            hint=_("例如创建节水型企业、节水改造工程、灌区地块；同一事项不重复奖补。"),
        ),
        Ask(name="matter", label=_("类别"), form=Form.CHOICE, table=MATTERS, is_needed=True),
        Ask(name="first", label=_("实施开始日期"), form=Form.DAY, hint=_("跨项目核对重复奖补时使用。")),
        Ask(name="last", label=_("实施结束日期"), form=Form.DAY),
        Ask(name="basis", label=_("依据和理由"), is_needed=True, is_long=True, limit=LONGEST["basis"]),
    ]
    if terms.mode is AmountMode.ASKED:
        asks.append(_number("asked_yuan", _("申请金额（元）")))
    if terms.mode is AmountMode.SHARE:
        asks.append(_number("cost_yuan", _("投入金额（元）")))
    if terms.mode is AmountMode.IRRIGATION:
        asks += [
            Ask(name="crop", label=_("作物"), is_needed=True, limit=40),
            _number("area_mu", _("面积（亩）")),
            _number("norm_m3_mu", _("灌溉定额（m³/亩）")),
            Ask(name="metered", label=_("水量来源"), form=Form.CHOICE, table=METERED, is_needed=True),
            _number("energy_kwh", _("年用电量（kWh）"), hint=_("以电折水时填写。")),
            _number("m3_kwh", _("每度电提水量（m³/kWh）"), hint=_("以电折水时填写，按实测系数。")),
        ]
    return asks


def _number(name: str, label: str, *, hint: str = "") -> Ask:
    return Ask(
        name=name,
        label=label,
        form=Form.NUMBER,
        least=LEAST,
        most=Decimal(10) ** 12,
        places=PLACES,
        is_needed=not hint,
        hint=hint,
    )


def _wanted_scheme(request: HttpRequest, user: WaterUser) -> AwardScheme | None:
    """Return the open scheme of the user's city that is asked for."""
    key = key_of(request.POST if request.method == "POST" else request.GET, "scheme")
    found: AwardScheme | None = user.city.award_schemes.filter(pk=key, state=SchemeState.OPEN).first()
    return found
