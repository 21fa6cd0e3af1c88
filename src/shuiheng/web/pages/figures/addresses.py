"""Addresses of the pages of indicators, official figures and how numbers came to be."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.figures import causes, official, rows, standing, table, working

VALUE = "indicators/<slug:indicator>/<int:place>/<int:year>/"
FACT = "indicators/facts/<slug:fact>/<int:place>/<int:year>/"
STANDING = "standings/<int:key>/derivation/"


def figure_addresses() -> list[URLPattern]:
    """Return the addresses of indicators, official figures and derivations."""
    return [
        path("indicators/", table.indicators, name="indicators"),
        path("indicators/export.<slug:ending>", table.indicators_export, name="indicators_export"),
        path(VALUE, working.indicator_value, name="indicator_value"),
        path(VALUE + "release/", working.release, name="release_indicator"),
        path(FACT, rows.rows_of_fact, name="fact_rows"),
        path(FACT + "users/<int:user>/", rows.settlement_of_user, name="fact_user"),
        path("figures/<int:key>/", official.figure, name="figure"),
        path("figures/<int:key>/facts/<slug:fact>/<int:year>/", causes.causes_of_fact, name="figure_fact"),
        path("figures/changed/", official.changed_figures, name="changed_figures"),
        path(STANDING, standing.standing_derivation, name="standing_derivation"),
        path(STANDING + "release/", standing.release, name="release_standing"),
    ]
