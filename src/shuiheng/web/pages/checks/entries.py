"""Where phones send what was made without a network, and the program that opens their forms without one."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shuiheng.programmes.receipts import SentEntry, receipt_json
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.inspections import check_entries as _check_entries  # noqa: F401  makes its kinds known
from shuiheng.services.permission import remember_memberships
from shuiheng.services.take_entry import take_entry

MOST_BYTES = 15 * 1024 * 1024
CHANGED, GONE, TOO_LARGE, REFUSED = 409, 410, 413, 422
WORKER = "form-worker.js"


@never_cache
@require_POST
def entries(request: HttpRequest) -> HttpResponse:
    """Take one entry of a phone and answer with its receipt; a refusal names its code and what to do."""
    remember_memberships(request.user)
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return _refused(ServiceError("services.file_too_large", limit_mb=str(MOST_BYTES >> 20)), TOO_LARGE)
    sent = SentEntry(
        key=request.headers.get("X-Entry-Key", ""),
        sha256=request.headers.get("X-Entry-Sha256", ""),
        content=request.read(MOST_BYTES + 1),
    )
    try:
        receipt = take_entry(
            request.user,
            sent,
            request.headers.get("X-Entry-Kind", ""),
            media_type=request.content_type or "",
            kept_at=request.headers.get("X-Entry-Kept-At", ""),
        )
    except (NotThereError, NotPermittedError):
        return _refused(ServiceError("services.entry_gone"), GONE)
    except ServiceError as error:
        is_changed = error.code == "programmes.entry_changed"
        return _refused(error, CHANGED if is_changed else REFUSED)
    return JsonResponse(receipt_json(receipt))


@login_not_required
@require_GET
def form_worker(request: HttpRequest) -> HttpResponse:
    """Send the service worker from the root, so that it reaches over the forms."""
    found = finders.find(WORKER)
    if not isinstance(found, str):
        raise Http404
    response = HttpResponse(Path(found).read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    return response


def _refused(error: ServiceError, status: int) -> JsonResponse:
    said = sentence_of(error.code, error.values, language=get_language() or "zh")
    # a damaged entry is sent again by itself, everything else waits for a person
    again = error.code == "programmes.entry_damaged"
    answer = {"code": error.code, "says": said.says, "remedy": said.remedy, "again": again}
    return JsonResponse(answer, status=status)
