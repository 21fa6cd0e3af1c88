"""The import centre: send a file of readings, look at its check, take it in, undo it."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.queries_readings import batch_in_sight, batches, keepers
from shuiheng.adapters.workbooks import ENDINGS
from shuiheng.metering.civil_time import months_before
from shuiheng.services.errors import FileTooLargeError, NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.permission import Action, may
from shuiheng.services.readings.batch_kinds import counts_at_once, is_undone_as_file
from shuiheng.services.readings.check_batch import knows_more_now
from shuiheng.services.readings.month_workbook import MONTH_WORKBOOK
from shuiheng.services.readings.take_again import take_again
from shuiheng.services.readings.take_readings import receive_readings, take_in, undo_readings
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.saying import say_error, tried
from shuiheng.web.words import READING_STATES

PAGE_SIZE, SHOWN_FINDINGS = 30, 200
BUSY = ("received", "taking", "undoing")


@page(Action.READINGS_LOOK)
def reading_batches(request: HttpRequest) -> HttpResponse:
    """Show the batches of readings, and where to send a file."""
    state = request.GET.get("state", "")
    rows = batches(seen(request, Action.READINGS_LOOK), state=state if state in READING_STATES else "")
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, object] = {
        "page": shown,
        "rows": shown.object_list,
        "states": READING_STATES.items(),
        "state": state,
        "limit_mb": settings.UPLOAD_BYTES // 2**20,
        "month": months_before(timezone.localdate(), 1),
        "endings": ",".join(f".{ending}" for ending in ENDINGS),
    }
    if may(request.user, Action.READINGS_IMPORT):
        context["keepers"] = keepers(seen(request, Action.READINGS_IMPORT))
    return render(request, "readings/batches.html", context)


@page(Action.READINGS_IMPORT, methods=("POST",))
def send_readings(request: HttpRequest) -> HttpResponse:
    """Take a file and lead to its batch; what is wrong is said above the form."""
    keeper, file = key_of(request.POST, "keeper"), request.FILES.get("file")
    try:
        if keeper is None or file is None:
            raise ServiceError("services.nothing_chosen")
        batch = receive_readings(request.user, content=content_of(file), name=file.name or "", keeper=keeper)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("reading_batches")
    return redirect("reading_batch", batch.pk)


@page(Action.READINGS_LOOK)
def reading_batch(request: HttpRequest, key: int) -> HttpResponse:
    """Show one batch: counts, findings, and what can be done with it."""
    batch = batch_in_sight(seen(request, Action.READINGS_LOOK), key)
    if batch is None:
        raise Http404
    language = get_language() or "zh"
    found = batch.findings[:SHOWN_FINDINGS]
    context = {
        "batch": batch,
        "is_busy": batch.state in BUSY,
        "can_undo": is_undone_as_file(batch),
        "is_workbook": batch.kind == MONTH_WORKBOOK,
        "is_direct": counts_at_once(batch),
        "can_repeat": batch.state in ("checked", "taken") and knows_more_now(batch),
        "findings": [(each, sentence_of(each["code"], each["values"], language=language)) for each in found],
        "hidden": len(batch.findings) - len(found),
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "readings/batch_state.html" if is_part else "readings/batch.html", context)


@page(Action.READINGS_IMPORT, methods=("POST",))
def take_batch(request: HttpRequest, key: int) -> HttpResponse:
    """Take a checked batch in."""
    tried(request, lambda: take_in(request.user, key), done=_("正在写入；完成后各月用水量随之更新。"))
    return redirect("reading_batch", key)


@page(Action.READINGS_IMPORT, methods=("POST",))
def repeat_batch(request: HttpRequest, key: int) -> HttpResponse:
    """Check what a batch brought once more, now that the ledger knows meters that it did not."""
    made = [key]
    tried(
        request,
        lambda: made.append(take_again(request.user, key).pk),
        done=_("已按现在的台账重新校验。"),
    )
    return redirect("reading_batch", made[-1])


@page(Action.READINGS_IMPORT, methods=("POST",))
def undo_batch_of_readings(request: HttpRequest, key: int) -> HttpResponse:
    """Undo a batch with a reason."""
    reason = words_of(request.POST, "reason", limit=300)
    tried(
        request, lambda: undo_readings(request.user, key, reason=reason), done=_("正在撤销；原有读数将恢复。")
    )
    return redirect("reading_batch", key)


def content_of(file: UploadedFile) -> bytes:
    """Return the bytes of an uploaded file.

    Raises:
        FileTooLargeError: It is larger than an upload may be.
    """
    if (file.size or 0) > settings.UPLOAD_BYTES:
        raise FileTooLargeError(limit_mb=settings.UPLOAD_BYTES // 2**20)
    return file.read()
