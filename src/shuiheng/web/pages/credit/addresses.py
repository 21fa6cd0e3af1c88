"""Addresses of the pages of credit records."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.credit import deciding, entering, views

RECORD, UNIT = "credit/<int:key>/", "credit/units/<int:key>/"


def credit_addresses() -> list[URLPattern]:
    """Return the addresses of credit records."""
    return [
        path("credit/", views.credit_records, name="credit_records"),
        path("credit/export.<slug:ending>", views.credit_export, name="credit_export"),
        path(UNIT, views.credit_of_unit, name="credit_of_unit"),
        path(UNIT + "new/", entering.new_credit_record, name="new_credit_record"),
        path(RECORD, views.credit_record, name="credit_record"),
        path(RECORD + "notify/", deciding.notify, name="notify_credit"),
        path(RECORD + "release/", deciding.release, name="release_credit"),
        path(RECORD + "withdraw/", deciding.withdraw, name="withdraw_credit"),
        path(RECORD + "ask/", deciding.ask, name="ask_about_credit"),
        path("credit/asked/<int:key>/", deciding.decide, name="decide_about_credit"),
    ]
