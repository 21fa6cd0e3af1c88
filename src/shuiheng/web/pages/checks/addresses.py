"""Addresses of checks, of orders, and of what phones send."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.checks import deciding, entries, filling, opening, own, views


def check_addresses() -> list[URLPattern]:
    """Return the addresses of checks."""
    return [
        path("checks/", views.checks, name="checks"),
        path("checks/export.<slug:ending>", views.checks_export, name="checks_export"),
        path("checks/new/", opening.new_check, name="new_check"),
        path("checks/publication/", views.check_publication, name="check_publication"),
        path(
            "checks/publication/export.<slug:ending>",
            views.publication_export,
            name="check_publication_export",
        ),
        path("checks/<int:key>/", views.check, name="check"),
        path("checks/<int:key>/record.docx", views.check_record, name="check_record"),
        path("checks/<int:key>/form/", filling.check_form, name="check_form"),
        path("checks/<int:key>/sign/", filling.sign, name="sign_check"),
        path("checks/<int:key>/files/", filling.bring_file, name="add_check_file"),
        path("checks/<int:key>/order/", deciding.new_order, name="new_order"),
        path("checks/<int:key>/leave/", deciding.leave_check, name="leave_check"),
        path("checks/<int:key>/publish/", deciding.publish, name="publish_check"),
        path("checks/<int:key>/void/", deciding.void, name="void_check"),
        path("checks/files/<int:key>/", views.check_file_page, name="check_file"),
        path("checks/files/<int:key>/review/", deciding.review_file, name="review_check_file"),
        path("checks/orders/<int:key>/<slug:verb>/", deciding.step_order, name="step_order"),
        path("checks/proofs/<int:key>/", views.order_proof_file, name="order_proof_file"),
        path("orders/", own.own_orders, name="own_orders"),
        path("orders/<int:key>/", own.own_order, name="own_order"),
        path("entries/", entries.entries, name="entries"),
        path("form-worker.js", entries.form_worker, name="form_worker"),
    ]
