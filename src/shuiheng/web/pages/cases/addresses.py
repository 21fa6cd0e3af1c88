"""Addresses of the pages of cases."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.cases import board, districts, opening, papers, views
from shuiheng.web.pages.cases.many_addresses import many_addresses

PAPER = "cases/<int:key>/documents/<slug:document>/"


def case_addresses() -> list[URLPattern]:
    """Return the addresses of cases."""
    return [
        path("cases/", views.cases, name="cases"),
        path("cases/export.<slug:ending>", views.cases_export, name="cases_export"),
        path("cases/filters/", views.cases_filters, name="cases_filters"),
        path("cases/board/", board.case_board, name="case_board"),
        path("cases/districts/", districts.case_map, name="case_map"),
        path("cases/new/", opening.new_case, name="new_case"),
        *many_addresses(),
        path(PAPER, papers.paper, name="case_document"),
        path(PAPER + "word/", papers.paper_file, name="case_document_file"),
    ]
