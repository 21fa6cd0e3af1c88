"""What is done to a case from its page; what was refused is said with names, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import CaseEvidence, CaseObjection, ProgrammeCase
from shuiheng.programmes.kind import StepOutcome
from shuiheng.services.cases.add_case_evidence import (
    EvidenceFields,
    SentFile,
    add_case_files,
    note_case_paper,
)
from shuiheng.services.cases.answer_case import GivenAnswer, answer_case
from shuiheng.services.cases.case_act import Entered
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.comment_case import comment_case
from shuiheng.services.cases.commission_case import commission_case
from shuiheng.services.cases.end_step import EndedStep, end_case_step
from shuiheng.services.cases.give_up_case import give_up_case
from shuiheng.services.cases.objections import enter_objection, settle_objection
from shuiheng.services.cases.publish_case import publish_case
from shuiheng.services.cases.review_case_evidence import review_case_evidence
from shuiheng.services.cases.revoke_case import revoke_case
from shuiheng.services.cases.score_case import CRITERION, FACT
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.fields import FieldError, day_of, key_of, words_of
from shuiheng.web.page import page
from shuiheng.web.pages.cases.one.named import named
from shuiheng.web.pages.cases.one.views import show_case
from shuiheng.web.saying import say_error

REASON, LINE, VALUE = 500, 200, 80
REFUSED = 422


@page(Action.CASES_STEP, methods=("POST",))
def end_step(request: HttpRequest, key: int) -> HttpResponse:
    """End a step, send the case back, or refuse it."""
    return _acted(
        request,
        Action.CASES_STEP,
        key,
        lambda: end_case_step(request.user, key, _ended(request.POST), known=key_of(request.POST, "known")),
        done=_("已办结环节。"),
    )


@page(Action.CASES_STEP, methods=("POST",))
def publish(request: HttpRequest, key: int) -> HttpResponse:
    """Lay the result of a step open."""
    step = words_of(request.POST, "step", limit=VALUE)
    return _acted(
        request,
        Action.CASES_STEP,
        key,
        lambda: publish_case(request.user, key, step=step, entered=_entered(request.POST)),
        done=_("已发布公示。"),
    )


@page(Action.CASES_STEP, methods=("POST",))
def add_evidence(request: HttpRequest, key: int) -> HttpResponse:
    """Take in files or a word on where the paper lies, as evidence of a step."""

    def work() -> None:
        fields = _evidence(request.POST)
        files = request.FILES.getlist("files")
        if not files and request.POST.get("is_paper") == "1":
            note_case_paper(request.user, key, fields)
            return
        sent = [SentFile(name=each.name or "", content=each.read()) for each in files]
        add_case_files(request.user, key, fields, sent)

    return _acted(request, Action.CASES_STEP, key, work, done=_("已保存佐证材料。"), to="#now")


@page(Action.CASES_REVIEW, methods=("POST",))
def review_evidence(request: HttpRequest, key: int) -> HttpResponse:
    """Accept or reject a piece of evidence as a second person."""
    found = row_for(request.user, Action.CASES_REVIEW, CaseEvidence, pk=key)
    verdict = request.POST.get("verdict")
    if verdict not in ("accepted", "rejected"):
        raise Http404
    note = words_of(request.POST, "note", limit=REASON)
    return _acted(
        request,
        Action.CASES_REVIEW,
        found.case_id,
        lambda: review_case_evidence(request.user, key, is_accepted=verdict == "accepted", note=note),
        done=_("已复核。"),
        to="#now",
    )


@page(Action.CASES_REVIEW, methods=("POST",))
def object_to_case(request: HttpRequest, key: int) -> HttpResponse:
    """Enter an objection that came in."""
    said, source = (
        words_of(request.POST, "words", limit=REASON * 2),
        words_of(request.POST, "source", limit=LINE),
    )
    return _acted(
        request,
        Action.CASES_REVIEW,
        key,
        lambda: enter_objection(request.user, key, words=said, source=source, entered=_entered(request.POST)),
        done=_("已登记异议。"),
    )


@page(Action.CASES_REVIEW, methods=("POST",))
def settle_case_objection(request: HttpRequest, key: int) -> HttpResponse:
    """Answer an objection."""
    found = row_for(request.user, Action.CASES_REVIEW, CaseObjection, pk=key)
    verdict = request.POST.get("verdict")
    if verdict not in ("upheld", "rejected"):
        raise Http404
    answer = words_of(request.POST, "answer", limit=REASON * 2)
    return _acted(
        request,
        Action.CASES_REVIEW,
        found.case_id,
        lambda: settle_objection(request.user, key, is_upheld=verdict == "upheld", answer=answer),
        done=_("已答复异议。"),
    )


@page(Action.CASES_STEP, methods=("POST",))
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Give points and facts with their source."""
    source = words_of(request.POST, "source", limit=REASON)
    return _acted(
        request,
        Action.CASES_STEP,
        key,
        lambda: answer_case(
            request.user, key, _answers(request.POST), source=source, on=day_of(request.POST, "on")
        ),
        done=_("已保存评分资料。"),
        to="#score",
    )


@page(Action.CASES_KEEP, methods=("POST",))
def give_up(request: HttpRequest, key: int) -> HttpResponse:
    """Give a case up."""
    reason = words_of(request.POST, "reason", limit=REASON)
    return _acted(
        request,
        Action.CASES_KEEP,
        key,
        lambda: give_up_case(request.user, key, reason=reason, entered=_entered(request.POST)),
        done=_("已撤回事项。"),
    )


@page(Action.CASES_DECIDE, methods=("POST",))
def revoke(request: HttpRequest, key: int) -> HttpResponse:
    """Take a result away."""
    ground = words_of(request.POST, "ground", limit=VALUE)
    found = words_of(request.POST, "reason", limit=REASON)
    return _acted(
        request,
        Action.CASES_DECIDE,
        key,
        lambda: revoke_case(request.user, key, reason=ground, words=found, entered=_entered(request.POST)),
        done=_("已撤销。"),
    )


@page(Action.CASES_STEP, methods=("POST",))
def comment(request: HttpRequest, key: int) -> HttpResponse:
    """Say something about a case."""
    said = words_of(request.POST, "comment", limit=REASON * 2)

    def work() -> object:
        return comment_case(request.user, key, said)

    return _acted(request, Action.CASES_STEP, key, work, done=_("已保存批注。"), to="#comments")


@page(Action.CASES_KEEP, methods=("POST",))
def commission(request: HttpRequest, key: int) -> HttpResponse:
    """Say which third party works on a case."""
    unit = key_of(request.POST, "unit")
    return _acted(
        request,
        Action.CASES_KEEP,
        key,
        lambda: commission_case(request.user, key, unit),
        done=_("已保存受托机构。"),
    )


def _acted(  # noqa: PLR0913  what is done, to what, by which right, and what is said
    request: HttpRequest,
    action: Action,
    key: int,
    work: Callable[[], object],
    *,
    done: str,
    to: str = "",
) -> HttpResponse:
    """Do something to a case and go back to its page, or show the page with what was refused and typed."""
    row = row_for(request.user, action, ProgrammeCase, pk=key)
    try:
        work()
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, named(error, kind_of(row), request.user))
        return show_case(request, key, typed=request.POST.dict(), status=REFUSED)
    messages.success(request, done)
    response = redirect("case", key)
    response["Location"] += to
    return response


def _entered(posted: QueryDict) -> Entered:
    return Entered(on=day_of(posted, "on"), known=key_of(posted, "known"))


def _ended(posted: QueryDict) -> EndedStep:
    outcome = posted.get("outcome", "")
    return EndedStep(
        step=words_of(posted, "step", limit=VALUE),
        actor=words_of(posted, "actor", limit=VALUE),
        outcome=StepOutcome(outcome) if outcome in set(StepOutcome) else StepOutcome.GO_ON,
        on=day_of(posted, "on"),
        reason=words_of(posted, "reason", limit=REASON),
        number=words_of(posted, "number", limit=VALUE),
        level=words_of(posted, "level", limit=VALUE),
        valid_until=day_of(posted, "valid_until"),
        amounts=_amounts(posted),
    )


def _amounts(posted: QueryDict) -> Mapping[str, Decimal]:
    """Return the amounts that were typed; an empty field stays unknown."""
    names = [name for name in posted if name.startswith("amount-")]
    typed = {name.removeprefix("amount-"): words_of(posted, name, limit=VALUE) for name in names}
    return {name: _number("amount", text) for name, text in typed.items() if text}


def _evidence(posted: QueryDict) -> EvidenceFields:
    return EvidenceFields(
        step=words_of(posted, "step", limit=VALUE),
        kind=words_of(posted, "kind", limit=VALUE),
        title=words_of(posted, "title", limit=LINE),
        taken_at=_instant(words_of(posted, "taken_at", limit=VALUE)),
        longitude=_degrees(posted, "longitude"),
        latitude=_degrees(posted, "latitude"),
    )


def _answers(posted: QueryDict) -> list[GivenAnswer]:
    """Return the answers that were changed; what stands already keeps its source and its day."""
    found = []
    for field in posted:
        sort, mark, name = field.partition("-")
        if mark and sort in (CRITERION, FACT):
            value = words_of(posted, field, limit=VALUE + 1)
            if value != posted.get(f"was-{field}", ""):
                found.append(GivenAnswer(sort=sort, name=name, value=value))
    return found


def _degrees(posted: QueryDict, name: str) -> Decimal | None:
    text = words_of(posted, name, limit=VALUE)
    return _number(name, text) if text else None


def _number(name: str, text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise FieldError(name, text) from error


def _instant(text: str) -> datetime | None:
    """Return an instant of a form, in the time of the site where none is named; None where it is none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if found is not None and timezone.is_naive(found) else found
