"""Addresses of the pictures of a city."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.pictures import districts, dual, flow, sending


def picture_addresses() -> list[URLPattern]:
    """Return the addresses of the pictures of a city."""
    return [
        path("pictures/", dual.dual_control, name="dual_control"),
        path("pictures/districts/", districts.district_figures, name="district_figures"),
        path("pictures/flow/", flow.water_flow_page, name="water_flow"),
        path(
            "pictures/<slug:picture>/<slug:part>.<slug:ending>",
            sending.picture_export,
            name="picture_export",
        ),
    ]
