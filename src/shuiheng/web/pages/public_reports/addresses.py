"""Addresses of the pages on reports by the public."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.public_reports import changes, statistics, views

REPORT = "public-reports/<int:key>/"


def public_report_addresses() -> list[URLPattern]:
    """Return the addresses of reports by the public."""
    return [
        path("public-reports/", views.public_reports, name="public_reports"),
        path(
            "public-reports/export.<slug:ending>", views.public_reports_export, name="public_reports_export"
        ),
        path("public-reports/statistics/", statistics.public_statistics, name="public_statistics"),
        path("public-reports/photos/<int:key>/", views.public_report_photo, name="public_report_photo"),
        path(REPORT, views.public_report, name="public_report"),
        path(REPORT + "reveal/", views.reveal_public_report, name="reveal_public_report"),
        path(REPORT + "triage/", changes.triage, name="triage_public_report"),
        path(REPORT + "merge/", changes.merge, name="merge_public_report"),
        path(REPORT + "refuse/", changes.refuse, name="refuse_public_report"),
        path(REPORT + "answer/", changes.answer, name="answer_public_report"),
        path(REPORT + "return/", changes.send_back, name="return_public_report"),
        path(REPORT + "close/", changes.close, name="close_public_report"),
        path(REPORT + "words/", changes.write_words, name="word_public_report"),
        path(REPORT + "publish/", changes.publish, name="publish_public_report"),
        path(REPORT + "withdraw/", changes.withdraw, name="withdraw_public_report"),
    ]
