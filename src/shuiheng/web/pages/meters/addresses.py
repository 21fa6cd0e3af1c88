"""Addresses of the pages of one meter: its readings, nights, findings and edits."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.meters import editing, findings, heat, readings

METER = "readings/meters/<int:key>/"


def meter_addresses() -> list[URLPattern]:
    """Return the addresses of the pages of a meter."""
    return [
        path(METER, readings.meter_readings, name="meter_readings"),
        path(METER + "export.<slug:ending>", readings.meter_readings_export, name="meter_readings_export"),
        path(METER + "at/<int:at>/", readings.meter_reading, name="meter_reading"),
        path(METER + "heat/", heat.meter_heat, name="meter_heat"),
        path(METER + "findings/", findings.findings_of_meter, name="findings_of_meter"),
        path(METER + "edit/", editing.edit_meter_readings, name="edit_meter_readings"),
        path(METER + "edits/", editing.meter_edits, name="meter_edits"),
        path(
            "readings/findings/<int:key>/decide/", findings.decide_meter_finding, name="decide_meter_finding"
        ),
        path("readings/edits/<int:key>/undo/", editing.undo_meter_edit, name="undo_meter_edit"),
    ]
