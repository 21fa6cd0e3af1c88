"""Open a case: choose its kind, find what it is about, say the rest."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Place, ProgrammeCase
from shuiheng.adapters.records.queries_case_subjects import LIMIT, third_parties
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.cases.choose_subject import subject_chosen, subject_named, subjects_found
from shuiheng.services.cases.keep_case import LONGEST_KEY, LONGEST_NOTE, Opening, open_case
from shuiheng.services.cases.subjects import Subject
from shuiheng.services.permission import Action
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.cases.shown import Kinds, kinds_shown, level_names
from shuiheng.web.pages.ledger.asks import Ask, Form
from shuiheng.web.pages.ledger.form_page import FormPage, asked, today_typed
from shuiheng.web.pages.rules.shown import language

LONGEST_NAME = LONGEST_KEY - len("name:")


@page(Action.CASES_KEEP, methods=("GET", "POST"))
def new_case(request: HttpRequest) -> HttpResponse:
    """Ask for the kind and the subject, then for the rest."""
    kinds = kinds_shown(request, Action.CASES_KEEP)
    kind = kinds.get(request.GET.get("kind", ""))
    chosen, is_named = plain(request.GET.get("subject", "")), request.GET.get("named") == "1"
    if kind is None or not (chosen or is_named):
        return _choosing(request, kinds, kind)
    subject = subject_chosen(request.user, kind, chosen) if chosen else None
    return _form(request, kind, subject)


def _choosing(request: HttpRequest, kinds: Kinds, kind: ProgrammeKind | None) -> HttpResponse:
    if request.method == "POST":
        raise Http404
    words = plain(request.GET.get("q", ""))[:LIMIT]
    subjects = programme_words().subjects
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, each in kinds.items():
        groups.setdefault(subjects[each.subject][language()], []).append((name, each.names[language()]))
    context = {
        "groups": [(about, sorted(found, key=lambda pair: pair[1])) for about, found in groups.items()],
        "kind": kind,
        "kind_name": kind.names[language()] if kind is not None else "",
        "about": subjects[kind.subject][language()] if kind is not None else "",
        "words": words,
        "found": subjects_found(request.user, kind, words) if kind is not None else [],
        "places": {place.pk: place.name for place in seen(request, Action.CASES_KEEP)(Place)},
    }
    return render(request, "cases/choose.html", context)


def _form(request: HttpRequest, kind: ProgrammeKind, subject: Subject | None) -> HttpResponse:
    def work(given: dict[str, Any]) -> str:
        about = subject or subject_named(kind, given.pop("name"))
        row = open_case(request.user, Opening(kind=kind.id, subject=about, **given))
        return case_address(row)

    initial = {"on": today_typed()}
    if subject is not None and subject.district is not None:
        initial["district"] = str(subject.district)
    form = FormPage(
        title=_("立项：%(kind)s") % {"kind": kind.names[language()]},
        done=_("已立项。"),
        asks=_asks(request, kind, subject),
        initial=initial,
        back=f"{reverse('new_case')}?kind={kind.id}",
        further={"kind": kind, "about": subject},
        template="cases/form.html",
    )
    return asked(request, form, work)


def case_address(row: ProgrammeCase) -> str:
    """Return the address of the page of a case, or of the list where there is none."""
    try:
        return reverse("case", args=[row.pk])
    except NoReverseMatch:
        return f"{reverse('cases')}?keys={row.pk}"


def _asks(request: HttpRequest, kind: ProgrammeKind, subject: Subject | None) -> list[Ask]:
    places = seen(request, Action.CASES_KEEP)(Place).filter(to_on__isnull=True).order_by("order", "pk")
    levels = {code: name for code, name in level_names().items() if code in kind.result.levels}
    parties = third_parties(seen(request, Action.ORGANISATIONS_LOOK))
    asks = []
    if subject is None:
        name = programme_words().subjects[kind.subject][language()]
        label = _("名称（%(what)s）") % {"what": name}
        asks.append(Ask(name="name", label=label, is_needed=True, is_long=True, limit=LONGEST_NAME))
    asks += [
        Ask(
            name="district",
            label=_("计入区县"),
            form=Form.KEY,
            choices=[(place.pk, place.name) for place in places],
            is_needed=True,
        ),
        Ask(name="on", label=_("立项日期"), form=Form.DAY, is_needed=True),
    ]
    if levels:
        hint = _("不选的，按最低一级。")
        asks.append(
            Ask(name="level", label=_("目标级别"), form=Form.CHOICE, table=levels, hint=hint, is_quoted=True)
        )
    if parties:
        choices = [(unit.pk, unit.name) for unit in parties]
        asks.append(Ask(name="commissioned", label=_("委托的第三方机构"), form=Form.KEY, choices=choices))
    return [*asks, Ask(name="note", label=_("说明"), limit=LONGEST_NOTE, is_long=True)]
