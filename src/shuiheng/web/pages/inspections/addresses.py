"""Addresses of the pages of random inspections."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.inspections import doing, figures, planning, public, registers, views

DRAW, PUBLIC = "inspections/<int:key>/", "public/<slug:city>/inspections/"


def inspection_addresses() -> list[URLPattern]:
    """Return the addresses of random inspections."""
    return [
        path("public/verify.py", public.public_verify_program, name="public_verify_program"),
        path(PUBLIC, public.public_inspections, name="public_inspections"),
        path(
            PUBLIC + "<slug:number>.json",
            public.public_inspection_record,
            name="public_inspection_record",
        ),
        path("inspections/", views.inspections, name="inspections"),
        path("inspections/export.<slug:ending>", views.inspections_export, name="inspections_export"),
        path("inspections/verify.py", views.verify_program, name="verify_program"),
        path("inspections/new/", planning.new_inspection, name="new_inspection"),
        path("inspections/statistics/", figures.inspection_figures, name="inspection_figures"),
        path(
            "inspections/statistics/export.<slug:ending>",
            figures.inspection_figures_export,
            name="inspection_figures_export",
        ),
        path("inspections/inspectors/", registers.inspector_register, name="inspector_register"),
        path("inspections/inspectors/new/", registers.new_inspector, name="new_inspector"),
        path("inspections/inspectors/<int:key>/close/", registers.end_inspector, name="end_inspector"),
        path("inspections/items/", registers.item_register, name="item_register"),
        path("inspections/items/new/", registers.new_item, name="new_inspection_item"),
        path("inspections/items/<int:key>/close/", registers.end_item, name="end_item"),
        path(DRAW, views.inspection, name="inspection"),
        path(DRAW + "record.json", views.inspection_record, name="inspection_record"),
        path(DRAW + "register/", views.inspection_objects, name="inspection_objects"),
        path(DRAW + "edit/", planning.edit_inspection, name="edit_inspection"),
        path(DRAW + "recuse/", doing.add_recusal, name="add_recusal"),
        path("inspections/recusals/<int:key>/end/", doing.drop_recusal, name="drop_recusal"),
        path(DRAW + "seal/", doing.seal, name="seal_inspection"),
        path(DRAW + "commit/", doing.commit, name="commit_inspection"),
        path(DRAW + "number/", doing.number, name="number_inspection"),
        path(DRAW + "open/", doing.open_seal, name="open_inspection"),
        path(DRAW + "again/", doing.again, name="draw_inspection_again"),
        path(DRAW + "publish/", doing.publish, name="publish_inspection"),
        path(DRAW + "void/", doing.void, name="void_inspection"),
    ]
