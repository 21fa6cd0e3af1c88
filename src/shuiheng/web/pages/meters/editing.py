"""Edit readings of a meter in two steps, look at every edit that was made, and undo one."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Meter
from shuiheng.adapters.records.queries_meter import edits_of, meter_of_edit
from shuiheng.metering.checks.record import m3_text
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.permission import Action
from shuiheng.services.readings.edit_batches import ReadingChange
from shuiheng.services.readings.edit_reading import edit_readings, undo_edit
from shuiheng.services.readings.meter_readings import versions_at_each
from shuiheng.services.readings.preview_edit import MOST_CHANGES, EditPreview, preview_edit
from shuiheng.web.fields import words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.meters.head import fact_now, meter_head, meter_or_404, sees_batches
from shuiheng.web.pages.meters.readings import EARLIEST, LATEST
from shuiheng.web.saying import tried

REFUSED = 422
LITRES_OF_A_M3 = 1000
KEEP, ASIDE, CORRECT = "keep", "aside", "correct"
BUSY = ("received", "taking", "undoing")
_LONGEST, _MOMENT = 20, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class EditLine:
    """A reading in the form.

    Args:
        at: Its instant.
        litres: What holds; None where it was set aside already.
        act: What is chosen: `keep`, `aside` or `correct`.
        typed: The register as typed, m³.
    """

    at: int
    litres: int | None
    act: str
    typed: str


@page(Action.READINGS_REVIEW, methods=("GET", "POST"))
def edit_meter_readings(request: HttpRequest, key: int) -> HttpResponse:
    """Ask what is to hold, show what it would change, and write it when that was looked at."""
    meter = meter_or_404(request, key, Action.READINGS_REVIEW)
    given = request.POST if request.method == "POST" else request.GET
    preview: EditPreview | None = None
    refused: ServiceError | None = None
    if request.method == "POST":
        try:
            changes = changes_from(given)
            if given.get("step") == "confirm":
                reason = words_of(given, "reason", limit=300)
                edit_readings(request.user, key, changes, mark=given.get("mark", ""), reason=reason)
                messages.success(request, _("修改已提交；完成后各月用水量随之更新，原读数保留。"))
                return redirect("meter_edits", key=key)
            preview = preview_edit(request.user, key, changes)
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            refused = error
            preview = _again(request, key, given) if given.get("step") == "confirm" else None
    context = meter_head(request, meter, "meter_readings") | {
        "lines": _lines(meter, given),
        "new_at": given.get("new_at", "")[:_LONGEST],
        "new_m3": given.get("new_m3", "")[:_LONGEST],
        "reason": given.get("reason", "")[:300],
        "preview": preview,
        "refused": _sentence(refused) if refused else None,
        "fact": fact_now(request, meter),
    }
    return render(request, "meters/edit.html", context, status=REFUSED if refused else 200)


@page(Action.READINGS_LOOK)
def meter_edits(request: HttpRequest, key: int) -> HttpResponse:
    """Show every edit of the readings of a meter."""
    meter = meter_or_404(request, key)
    edits = edits_of(seen(request, Action.READINGS_LOOK), meter)
    context = meter_head(request, meter, "meter_edits") | {
        "edits": edits,
        "is_busy": any(each.batch.state in BUSY for each in edits),
        "seen_batches": sees_batches(request, {each.batch.pk for each in edits}),
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "meters/edit_list.html" if is_part else "meters/edits.html", context)


@page(Action.READINGS_REVIEW, methods=("POST",))
def undo_meter_edit(request: HttpRequest, key: int) -> HttpResponse:
    """Undo an edit with a reason; `key` is that of one of its rows."""
    meter = meter_of_edit(seen(request, Action.READINGS_REVIEW), key)
    if meter is None:
        raise NotThereError(f"reading_edit:{key}")
    reason = words_of(request.POST, "reason", limit=300)
    tried(request, lambda: undo_edit(request.user, key, reason=reason), done=_("正在撤销；原有读数将恢复。"))
    return redirect("meter_edits", key=meter)


def changes_from(given: QueryDict) -> list[ReadingChange]:
    """Return what a form says is to hold.

    Raises:
        ServiceError: A time or register cannot be read.
    """
    found = []
    for at in instants_of(given):
        act = given.get(f"act_{at}", KEEP)
        if act == ASIDE:
            found.append(ReadingChange(read_at=at, litres=None))
        elif act == CORRECT:
            found.append(ReadingChange(read_at=at, litres=litres_from(given, f"to_{at}")))
    if given.get("new_at") or given.get("new_m3"):
        found.append(
            ReadingChange(read_at=_moment(given.get("new_at", "")), litres=litres_from(given, "new_m3"))
        )
    return found


def instants_of(given: QueryDict) -> list[int]:
    """Return the instants that were chosen, each once, in order of time."""
    found = {
        int(text)
        for text in given.getlist("at")[: MOST_CHANGES + 1]
        if text.isascii() and text.isdecimal() and len(text) < _LONGEST
    }
    return sorted(at for at in found if EARLIEST < at < LATEST)


def litres_from(given: Mapping[str, str], name: str) -> int:
    """Return a register that was typed in m³ as whole litres.

    Raises:
        ServiceError: `services.field_unread`, it is no register.
    """
    text = words_of(given, name, limit=_LONGEST)
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    try:
        litres = Decimal(plain) * LITRES_OF_A_M3
    except InvalidOperation:
        raise ServiceError("services.field_unread", field=_("读数（m³）"), text=text) from None
    if not litres.is_finite() or litres != int(litres) or abs(litres) > 10**15:
        raise ServiceError("services.field_unread", field=_("读数（m³）"), text=text)
    return int(litres)


def _moment(text: str) -> int:
    try:
        found = datetime.fromisoformat(text[:_MOMENT])
        return int((found if found.tzinfo else timezone.make_aware(found)).timestamp())
    except (ValueError, OverflowError):
        raise ServiceError("services.field_unread", field=_("读数时间"), text=text[:_LONGEST]) from None


def _lines(meter: Meter, given: QueryDict) -> Sequence[EditLine]:
    """Return the chosen readings with what holds of each; one of which nothing is known is left out."""
    found = []
    for at, versions in versions_at_each(meter, instants_of(given)).items():
        if not versions:
            continue
        litres = versions[-1].register_litres
        act = given.get(f"act_{at}", "") or given.get("act", KEEP)
        typed = given.get(f"to_{at}", "")[:_LONGEST]
        if not typed and litres is not None:
            typed = m3_text(litres)
        found.append(EditLine(at=at, litres=litres, act=act, typed=typed))
    return found


def _again(request: HttpRequest, key: int, given: QueryDict) -> EditPreview | None:
    """Return the preview once more, with what holds now; None when it cannot be made any more."""
    try:
        return preview_edit(request.user, key, changes_from(given))
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError:
        return None


def _sentence(error: ServiceError) -> Sentence:
    return sentence_of(error.code, error.values, language=get_language() or "zh")
