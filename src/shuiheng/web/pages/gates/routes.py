"""Addresses of projects, gates, permits and lists."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from shuiheng.web.pages.gates import evaluations, lists, one, permits, projects


def gate_routes() -> Sequence[URLPattern]:
    """Return the addresses below `projects/` and `permits/`."""
    return [
        path("projects/", projects.project_list, name="projects"),
        path("projects/export.<slug:ending>", projects.projects_export, name="projects_export"),
        path("projects/new/", projects.new_project, name="new_project"),
        path("projects/evaluations/", evaluations.evaluations, name="evaluations"),
        path(
            "projects/evaluations/export.<slug:ending>",
            evaluations.evaluations_export,
            name="evaluations_export",
        ),
        path("projects/lists/", lists.elimination_lists_page, name="elimination_lists"),
        path("projects/lists/send/", lists.send_elimination_list, name="send_elimination_list"),
        path("projects/lists/<int:key>/end/", lists.end_elimination_list, name="end_elimination_list"),
        path("projects/<int:key>/", one.project_page, name="project"),
        path("projects/<int:key>/change/", projects.edit_project, name="edit_project"),
        path("projects/<int:key>/close/", projects.close, name="close_project"),
        path("projects/<int:key>/facts/", one.enter_gate_fact, name="enter_gate_fact"),
        path("projects/facts/<int:key>/withdraw/", one.withdraw_gate_fact, name="withdraw_gate_fact"),
        path("projects/<int:key>/documents/", one.add_document, name="add_gate_document"),
        path("projects/documents/<int:key>/", one.gate_document, name="gate_document"),
        path("projects/<int:key>/gates/<slug:gate>/", one.decide, name="decide_gate"),
        path("permits/", permits.permit_list, name="permits"),
        path("permits/export.<slug:ending>", permits.permits_export, name="permits_export"),
        path("permits/<int:key>/", permits.permit_page, name="permit"),
        path("permits/<int:key>/note/", permits.add_note, name="note_permit"),
        path("permits/<int:key>/renewal/", permits.open_renewal, name="begin_renewal"),
        path("permits/notes/<int:key>/withdraw/", permits.withdraw, name="withdraw_permit_note"),
    ]
