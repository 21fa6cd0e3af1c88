"""The event log: who did what, when, why and what changed; its seals; a package to verify elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from datetime import date

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import write_csv, write_workbook
from shuiheng.audit.canonical import canonical_text
from shuiheng.audit.proof import proof_json
from shuiheng.services.audit_page_queries import EventFilter, events_in_sight, log_state
from shuiheng.services.export_events import event_proof, export_events, record_event_table
from shuiheng.web.exporting import export_name, said_filter
from shuiheng.web.filters import LENGTH, plain
from shuiheng.web.page import page
from shuiheng.web.pages.audit.lines import event_line, words_of_page
from shuiheng.web.pages.audit.parts import PARTS, Part, parts_for
from shuiheng.web.pages.audit.table import MOST_ROWS, event_sheet
from shuiheng.web.sending import attachment

PAGE_SIZE = 50
WRITERS = {"xlsx": write_workbook, "csv": write_csv}
IN_MEMORY = 8 * 1024 * 1024
View = Callable[..., HttpResponseBase]


def event_routes() -> list[URLPattern]:
    """Return the addresses of every part of the log."""
    routes = []
    for part in PARTS:
        base = f"events/{part.name}/" if part.name else "events/"
        routes += [
            path(base, event_list(part), name=part.route),
            path(f"{base}log.zip", event_package(part), name=f"{part.route}_package"),
            path(f"{base}table.<slug:ending>", event_table(part), name=f"{part.route}_table"),
            path(f"{base}<slug:event>/proof.json", event_proof_file(part), name=f"{part.route}_proof"),
        ]
    return routes


def event_list(part: Part) -> View:
    """Return the view of the list of one part."""

    @page(part.action)
    def listed(request: HttpRequest) -> HttpResponse:
        wanted = _wanted(request.GET)
        rows = events_in_sight(request.user, part.action, wanted)
        shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        context = {
            "part": part,
            "parts": parts_for(request),
            "page": shown,
            "lines": [event_line(event) for event in shown.object_list],
            "wanted": wanted,
            "things": words_of_page().choices("things"),
            "done": words_of_page().choices("done"),
            "log": log_state(),
        }
        return render(request, "pages/events.html", context)

    return listed


def event_package(part: Part) -> View:
    """Return the view that sends the log of one part with its verifier."""

    @page(part.action)
    def sent(request: HttpRequest) -> HttpResponseBase:
        stream = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the answer closes it
        export_events(request.user, part.action, stream)
        stream.seek(0)
        name = f"{part.title}_{timezone.localtime():%Y%m%d_%H%M}.zip"
        answer = FileResponse(stream, as_attachment=True, filename=name, content_type="application/zip")
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return sent


def event_table(part: Part) -> View:
    """Return the view that sends the filtered list of one part as a table."""

    @page(part.action)
    def sent(request: HttpRequest, ending: str) -> HttpResponse:
        if ending not in WRITERS:
            raise Http404
        rows = list(events_in_sight(request.user, part.action, _wanted(request.GET))[:MOST_ROWS])
        record_event_table(request.user, part.action, rows=len(rows))
        now = timezone.localtime()
        sheet = event_sheet(
            rows,
            title=str(part.title),
            at=now,
            who=request.user.shown_name,
            wanted=_filter_words(request.GET),
        )
        return attachment(WRITERS[ending](sheet), name=export_name(request, str(part.title), ending))

    return sent


def event_proof_file(part: Part) -> View:
    """Return the view that sends the proof for one event of a part."""

    @page(part.action)
    def sent(request: HttpRequest, event: str) -> HttpResponse:
        proof = event_proof(request.user, part.action, event)
        text, title = canonical_text(proof_json(proof)) + "\n", _("事件证明")
        return attachment(text.encode(), name=f"{title}_{event}.json")

    return sent


def _wanted(query: Mapping[str, str]) -> EventFilter:
    def words_of(name: str) -> str:
        return plain(query.get(name, "")).strip()[:LENGTH]

    return EventFilter(
        person=words_of("person"),
        unit=words_of("unit"),
        things=words_of_page().alike("things", words_of("thing")),
        done=words_of_page().alike("done", words_of("done")),
        subject=words_of("subject"),
        first_on=_day(query.get("from", "")),
        last_on=_day(query.get("to", "")),
        is_refused=query.get("refused") == "1",
    )


def _filter_words(query: Mapping[str, str]) -> str:
    """Return the filter in the words in which it was asked for."""
    names = (
        ("person", _("人员")),
        ("unit", _("单位")),
        ("thing", _("办理事项")),
        ("done", _("动作")),
        ("subject", _("对象")),
        ("from", _("起")),
        ("to", _("止")),
    )
    asked = [(name, plain(query.get(key, "")).strip()[:LENGTH]) for key, name in names]
    return said_filter([*asked, (_("结果"), _("被拒绝") if query.get("refused") == "1" else "")])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
