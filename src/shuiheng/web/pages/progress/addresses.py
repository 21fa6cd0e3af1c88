"""Addresses of reporting periods, of filing, of reviewing, and of evidence."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.progress import collecting, evidence, one, periods, reporting, reviewing

DESK = "reporting/<int:period>/<int:unit>/"


def progress_addresses() -> list[URLPattern]:
    """Return the addresses of reporting periods, of filing, of reviewing, and of evidence."""
    return [
        path("periods/", periods.period_list, name="periods"),
        path("periods/open/", periods.period_open, name="period_open"),
        path("periods/<int:period>/freeze/", periods.period_freeze, name="period_freeze"),
        path("periods/<int:period>/reopen/", periods.period_reopen, name="period_reopen"),
        path("reporting/", reporting.reporting, name="reporting"),
        path(DESK, reporting.reporting_form, name="reporting_form"),
        path(DESK + "file/", reporting.reporting_file, name="reporting_file"),
        path(DESK + "collect/", collecting.collect, name="collect"),
        path(DESK + "form.xlsx", collecting.collect_form, name="collect_form"),
        path(DESK + "<int:task>/", reporting.reporting_save, name="reporting_save"),
        path(DESK + "<int:task>/evidence/", evidence.evidence_add, name="evidence_add"),
        path("batches/<int:batch>/", collecting.batch_page, name="batch"),
        path("batches/<int:batch>/marked/", collecting.batch_marked, name="batch_marked"),
        path("batches/<int:batch>/answer/", collecting.batch_answer, name="batch_answer"),
        path("batches/<int:batch>/commit/", collecting.batch_commit, name="batch_commit"),
        path("batches/<int:batch>/undo/", collecting.batch_undo, name="batch_undo"),
        path("progress/", reviewing.review_list, name="progress_list"),
        path("progress/export.<slug:ending>", reviewing.progress_export, name="progress_export"),
        path("progress/bulk/", reviewing.review_bulk, name="progress_bulk"),
        path("progress/<int:progress>/", one.progress_page, name="progress"),
        path("progress/<int:progress>/<slug:step>/", one.progress_step, name="progress_step"),
        path("evidence/<int:evidence>/", evidence.evidence_download, name="evidence"),
        path("evidence/<int:evidence>/preview/", evidence.evidence_preview, name="evidence_preview"),
        path("evidence/<int:evidence>/remove/", evidence.evidence_remove, name="evidence_remove"),
        path("evidence/<int:evidence>/judge/", evidence.evidence_judge, name="evidence_judge"),
        path("tasks/<int:task>/judgement/", one.task_judgement, name="task_judgement"),
    ]
