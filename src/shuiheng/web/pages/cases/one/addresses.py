"""Addresses of the page of one case."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.cases.one import acts, views, visiting

CASE, PIECE = "cases/<int:key>/", "cases/evidence/<int:key>/"


def one_case_addresses() -> list[URLPattern]:
    """Return the addresses of the page of one case and of what is done there."""
    return [
        path(CASE, views.case, name="case"),
        path(CASE + "case.json", views.case_json, name="case_json"),
        path(CASE + "visit/form/", visiting.case_visit_form, name="case_visit_form"),
        path(CASE + "end/", acts.end_step, name="end_case_step"),
        path(CASE + "publish/", acts.publish, name="publish_case"),
        path(CASE + "evidence/", acts.add_evidence, name="add_case_evidence"),
        path(CASE + "object/", acts.object_to_case, name="object_to_case"),
        path(CASE + "answers/", acts.answer, name="answer_case"),
        path(CASE + "give-up/", acts.give_up, name="give_up_case"),
        path(CASE + "revoke/", acts.revoke, name="revoke_case"),
        path(CASE + "comments/", acts.comment, name="comment_case"),
        path(CASE + "third-party/", acts.commission, name="commission_case"),
        path(PIECE, views.case_evidence, name="case_evidence"),
        path(PIECE + "shown/", views.case_picture, name="case_picture"),
        path(PIECE + "review/", acts.review_evidence, name="review_case_evidence"),
        path("cases/objections/<int:key>/", acts.settle_case_objection, name="settle_case_objection"),
    ]
