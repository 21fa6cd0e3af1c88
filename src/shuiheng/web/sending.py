"""Files as downloads, with Chinese names that every browser keeps."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json; charset=utf-8",
}


def attachment(content: bytes, *, name: str) -> HttpResponse:
    """Return a download with a name in the form of RFC 6266, never opened inside the site."""
    ending = name.rsplit(".", 1)[-1].lower()
    response = HttpResponse(content, content_type=TYPES.get(ending, "application/octet-stream"))
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "no-store"
    return response
