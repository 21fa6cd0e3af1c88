"""The tables under pictures as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Sheet, write_csv, write_workbook
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.page import page
from shuiheng.web.pages.pictures import districts, dual, flow
from shuiheng.web.pages.pictures.chosen import Chosen
from shuiheng.web.pages.pictures.tables import Table
from shuiheng.web.sending import attachment

WRITERS = {"xlsx": write_workbook, "csv": write_csv}
TABLES: Mapping[str, Callable[[HttpRequest], tuple[Chosen | None, Sequence[Table]]]] = {
    "dual": dual.tables_of,
    "districts": districts.tables_of,
    "flow": flow.tables_of,
}


@page(Action.FIGURES_LOOK)
def picture_export(request: HttpRequest, picture: str, part: str, ending: str) -> HttpResponse:
    """Send a table under a picture, with the same choice as on the page."""
    if picture not in TABLES or ending not in WRITERS:
        raise Http404
    chosen, tables = TABLES[picture](request)
    table = next((each for each in tables if each.part == part), None)
    if chosen is None or table is None:
        raise Http404
    record_export(request.user, f"picture:{picture}", rows=len(table.rows), action=Action.FIGURES_LOOK)
    said = said_filter([(_("城市"), chosen.city.name), (_("年度"), chosen.year)])
    notes = export_notes(request, wanted=said, order=_("与页面相同"), count=len(table.rows))
    rows = [[cell.value for cell in row] for row in table.rows]
    sheet = Sheet(title=table.title, columns=table.columns, rows=rows, notes=notes)
    name = export_name(request, table.title, ending, period=str(chosen.year))
    return attachment(WRITERS[ending](sheet), name=name)
