"""The forms of files that are taken as workbooks."""

from __future__ import annotations

from enum import StrEnum


class WorkbookForm(StrEnum):
    """A form of file. The value is its usual ending."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    ODS = "ods"


ENDINGS = {
    "xlsx": WorkbookForm.XLSX,
    "xls": WorkbookForm.XLS,
    "csv": WorkbookForm.CSV,
    "txt": WorkbookForm.CSV,
    "tsv": WorkbookForm.CSV,
    "ods": WorkbookForm.ODS,
}
ODS_KIND = "application/vnd.oasis.opendocument.spreadsheet"
