"""Who may have a case of a kind: the run, the same as a file, and opening cases for many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.cases.candidates import listed_sorts
from shuiheng.services.cases.eligibility import MAY_OPEN, Candidate, Eligible, run_eligibility
from shuiheng.services.cases.keep_case import LONGEST_KEY
from shuiheng.services.cases.open_many import ManyOpenings, ask_openings
from shuiheng.services.cases.subjects import FactValue
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import city_above, own_places
from shuiheng.web import words
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.fields import key_of, wanted_day, words_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.cases.shown import Kinds, kinds_shown, level_names
from shuiheng.web.pages.kinds.condition_words import condition_words, fact_name, figure
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.saying import say_error
from shuiheng.web.sending import attachment
from shuiheng.web.words_cases import STANDINGS, YES_NO

WRITERS = {"xlsx": write_workbook, "csv": write_csv}
PAGE_SIZE, LIMIT, NOTE = 50, 60, 500
_ORDER = {each: place for place, each in enumerate(Eligible)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateLine:
    """A candidate as the page shows it.

    Args:
        candidate: Who.
        district: Name of the place in which it lies.
        known: What is known: name, value and source of each fact that the kind asks for.
        missing: Names of what is missing.
        may_open: Whether a case can be opened by the reader.
    """

    candidate: Candidate
    district: str
    known: Sequence[tuple[str, str, str]]
    missing: Sequence[str]
    may_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run with the filter of the page.

    Args:
        city: The city.
        kind: The kind.
        every: All candidates.
        found: Those that the filter leaves.
        standing: The standing that is asked for; empty for all.
        district: The district that is asked for, or None.
        words: The words that are asked for.
    """

    city: Place
    kind: ProgrammeKind
    every: Sequence[Candidate]
    found: Sequence[Candidate]
    standing: str
    district: int | None
    words: str


@page(Action.CASES_KEEP)
def eligibility(request: HttpRequest) -> HttpResponse:
    """Ask for a kind, then show its candidates."""
    kinds = kinds_shown(request, Action.CASES_KEEP)
    run = _run(request, kinds)
    context = {"kinds": _choices(kinds), "standings": STANDINGS.items(), "today": timezone.localdate()}
    if run is None:
        return render(request, "cases/eligibility.html", context)
    shown = Paginator(run.found, PAGE_SIZE).get_page(request.GET.get("page"))
    places = _places(request)
    counts = Counter(each.standing.value for each in run.every)
    own = {each.subject.district for each in run.every}
    context |= {
        "run": run,
        "kind_name": run.kind.names[language()],
        "is_listed": run.kind.subject in listed_sorts(run.city, timezone.localdate()),
        "rule": condition_words(run.kind.eligibility),
        "page": shown,
        "lines": [_line(each, places) for each in shown.object_list],
        "tally": [(code, counts[code], name) for code, name in STANDINGS.items()],
        "districts": [(key, name) for key, name in places.items() if key in own],
        "levels": [(code, name) for code, name in level_names().items() if code in run.kind.result.levels],
        "may_open": sum(_may_open(each, places) for each in run.found),
    }
    return render(request, "cases/eligibility.html", context)


@page(Action.CASES_KEEP)
def eligibility_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the candidates that the filter leaves."""
    if ending not in WRITERS:
        raise Http404
    run = _run(request, kinds_shown(request, Action.CASES_KEEP))
    if run is None:
        return redirect("eligibility")
    places = _places(request)
    kind = run.kind.names[language()]
    district = places.get(run.district, "") if run.district is not None else ""
    standing = words.word(STANDINGS, run.standing) if run.standing else ""
    wanted = said_filter(
        [(_("类别"), kind), (_("区县"), district), (_("筛查结果"), standing), (_("文字"), run.words)]
    )
    cells = [_cells(_line(each, places)) for each in run.found]
    notes = export_notes(request, wanted=wanted, order=_("筛查结果"), count=len(cells))
    title = _("%(kind)s资格筛查") % {"kind": kind}
    sheet = Sheet(title=title, columns=_columns(), rows=cells, notes=notes)
    record_export(request.user, "cases", rows=len(cells), action=Action.CASES_KEEP)
    return attachment(WRITERS[ending](sheet), name=export_name(request, title, ending))


@page(Action.CASES_KEEP, methods=("POST",))
def open_candidates(request: HttpRequest) -> HttpResponse:
    """Open a case for those that were chosen, or for all that the filter leaves and that may have one."""
    kind = words_of(request.POST, "kind", limit=LIMIT)
    back = f"{reverse('eligibility')}?{plain(request.POST.get('query', ''))[:400]}"
    try:
        wanted = ManyOpenings(
            kind=kind,
            subjects=_chosen(request),
            on=wanted_day(request.POST, "on"),
            level=words_of(request.POST, "level", limit=LIMIT),
            note=words_of(request.POST, "note", limit=NOTE),
        )
        batch, _job = ask_openings(request.user, _city(request).pk, wanted)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect(back)
    return redirect("case_batch", batch.pk)


def _chosen(request: HttpRequest) -> list[str]:
    """Return the keys of the candidates that a form names.

    Raises:
        ServiceError: It names none.
    """
    chosen = [plain(each)[:LONGEST_KEY] for each in request.POST.getlist("subject")]
    if request.POST.get("all") == "1":
        run = _run(request, kinds_shown(request, Action.CASES_KEEP), is_posted=True)
        chosen = [] if run is None else [each.subject.key for each in run.found]
    if not chosen:
        raise ServiceError("services.nothing_chosen")
    return chosen


def _run(request: HttpRequest, kinds: Kinds, *, is_posted: bool = False) -> Run | None:
    """Return the run that a query asks for; None where it names no kind."""
    query = request.POST if is_posted else request.GET
    kind = kinds.get(query.get("kind", ""))
    if kind is None:
        return None
    city = _city(request)
    every = run_eligibility(seen(request, Action.CASES_KEEP), city, kind, timezone.localdate())
    standing = query.get("standing", "")
    standing = standing if standing in STANDINGS else ""
    district, said = key_of(query, "district"), plain(query.get("q", ""))[:LIMIT]
    found = [
        each
        for each in every
        if (not standing or each.standing == standing)
        and (district is None or each.subject.district == district)
        and all(word in each.subject.name for word in said.split())
    ]
    found.sort(key=lambda each: _ORDER[each.standing])
    return Run(
        city=city, kind=kind, every=every, found=found, standing=standing, district=district, words=said
    )


def _city(request: HttpRequest) -> Place:
    return city_above(own_places(request.user, Action.CASES_KEEP)[0])


def _places(request: HttpRequest) -> dict[int, str]:
    rows = seen(request, Action.CASES_KEEP)(Place).order_by("order", "pk")
    return dict(rows.values_list("pk", "name"))


def _choices(kinds: Kinds) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds by what they are about."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, kind in kinds.items():
        about = programme_words().subjects[kind.subject][language()]
        groups.setdefault(about, []).append((name, kind.names[language()]))
    return [(about, sorted(found, key=lambda pair: pair[1])) for about, found in groups.items()]


def _may_open(candidate: Candidate, places: dict[int, str]) -> bool:
    return candidate.standing in MAY_OPEN and candidate.subject.district in places


def _line(candidate: Candidate, places: dict[int, str]) -> CandidateLine:
    asked = {check.condition.fact for check in candidate.judged.checks}
    known = [
        (fact_name(name), _value(name, fact), fact.source)
        for name, fact in candidate.facts.items()
        if name in asked and fact.value is not None
    ]
    return CandidateLine(
        candidate=candidate,
        district=places.get(candidate.subject.district or 0, ""),
        known=known,
        missing=[fact_name(name) for name in candidate.judged.missing],
        may_open=_may_open(candidate, places),
    )


def _value(name: str, fact: FactValue) -> str:
    """Return the value of a fact in words."""
    if isinstance(fact.value, bool):
        return words.word(YES_NO, "yes" if fact.value else "no")
    if isinstance(fact.value, Decimal):
        return figure(fact.value, name)
    known = programme_words().facts.get(name)
    code = str(fact.value)
    return known.choices[code][language()] if known is not None and code in known.choices else code


def _columns() -> list[Column]:
    return [
        Column(title=_("对象"), width=32),
        Column(title=_("区县"), width=14),
        Column(title=_("筛查结果"), width=14),
        Column(title=_("已知数据"), width=40),
        Column(title=_("数据来源"), width=48),
        Column(title=_("缺少"), width=32),
        Column(title=_("事项编号"), form=ColumnForm.CODE, width=10),
    ]


def _cells(line: CandidateLine) -> list[Value]:
    each = line.candidate
    return [
        each.subject.name,
        line.district,
        words.word(STANDINGS, each.standing.value),
        "；".join(f"{name} {value}" for name, value, _source in line.known),
        "；".join(source for _name, _value, source in line.known),
        "、".join(line.missing),
        "" if each.case is None else str(each.case),
    ]
