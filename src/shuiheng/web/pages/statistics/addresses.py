"""Addresses of the pages of statistics."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.statistics import books, deciding, entering, missing, views

FACT, BOOK = "statistics/<int:key>/<slug:fact>/", "statistics/books/<int:key>/"


def statistic_addresses() -> list[URLPattern]:
    """Return the addresses of statistics."""
    return [
        path("statistics/", views.statistics, name="statistics"),
        path("statistics/export.<slug:ending>", views.statistics_export, name="statistics_export"),
        path("statistics/waiting/", deciding.waiting, name="waiting_statistics"),
        path("statistics/waiting/decide/", deciding.decide, name="decide_statistics"),
        path("statistics/missing/", missing.missing_statistics, name="missing_statistics"),
        path("statistics/books/", books.statistic_books, name="statistic_books"),
        path("statistics/books/form/", books.statistic_book_form, name="statistic_book_form"),
        path("statistics/books/send/", books.send_statistic_book, name="send_statistic_book"),
        path(BOOK, books.statistic_book, name="statistic_book"),
        path(BOOK + "marked/", books.marked_statistic_book, name="marked_statistic_book"),
        path(BOOK + "take/", books.take_statistic_book, name="take_statistic_book"),
        path(BOOK + "undo/", books.undo_statistic_book, name="undo_statistic_book"),
        path(FACT, views.statistic_fact, name="statistic_fact"),
        path(FACT + "enter/", entering.enter_statistic, name="enter_statistic"),
    ]
