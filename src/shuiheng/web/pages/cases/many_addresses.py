"""Addresses of eligibility runs and of batches of cases."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.cases import batches, eligibility, listed

RUN, BATCH = "cases/eligibility/", "cases/batches/<int:key>/"


def many_addresses() -> list[URLPattern]:
    """Return the addresses of pages on which many cases are opened at once."""
    return [
        path(RUN, eligibility.eligibility, name="eligibility"),
        path(
            "cases/eligibility/export.<slug:ending>",
            eligibility.eligibility_export,
            name="eligibility_export",
        ),
        path(RUN + "open/", eligibility.open_candidates, name="open_candidates"),
        path("cases/subjects/", listed.case_subjects, name="case_subjects"),
        path("cases/subjects/<int:key>/close/", listed.close_case_subject, name="close_case_subject"),
        path("cases/batches/", batches.batches, name="case_batches"),
        path("cases/batches/form/", batches.case_book_form, name="case_book_form"),
        path("cases/batches/send/", batches.send_case_book, name="send_case_book"),
        path(BATCH, batches.case_batch, name="case_batch"),
        path(BATCH + "marked/", batches.marked_case_book, name="marked_case_book"),
        path(BATCH + "take/", batches.take_case_book, name="take_case_book"),
        path(BATCH + "undo/", batches.undo_case_batch, name="undo_case_batch"),
    ]
