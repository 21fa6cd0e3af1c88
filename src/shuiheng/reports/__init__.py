"""A report as data: sections, tables, figures with their sources; renders nothing.

In: plain frozen values (what tasks were done, what targets reached, who has not filed).
Out: a `Report` that an adapter prints as a Word file or workbook and a template as a
page. Prose and tables hold the same `Figure`, so they cannot differ. `report_json` prints
a report and reads it back; `freeze` gives it the id under which it can be proved later.
"""

from shuiheng.reports.document_number import DocumentNumber, parse_document_number
from shuiheng.reports.model import (
    Annex,
    Column,
    Figure,
    Paragraph,
    Quality,
    Report,
    ReportKind,
    Section,
    Table,
)
from shuiheng.reports.report_json import freeze, report_from_json, report_json, snapshot_id, verify_snapshot

__all__ = [
    "Annex",
    "Column",
    "DocumentNumber",
    "Figure",
    "Paragraph",
    "Quality",
    "Report",
    "ReportKind",
    "Section",
    "Table",
    "freeze",
    "parse_document_number",
    "report_from_json",
    "report_json",
    "snapshot_id",
    "verify_snapshot",
]
