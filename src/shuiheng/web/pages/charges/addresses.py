"""Addresses of the pages of charges."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.charges import classes, one, prices, releases, runs

RUN, CHARGE = "charges/runs/<int:key>/", "charges/<int:key>/"


def charge_addresses() -> list[URLPattern]:
    """Return the addresses of runs, charges, releases, arrears, classes, prices and trials."""
    return [
        *_of_runs(),
        path("charges/releases/", releases.charge_releases, name="charge_releases"),
        path(
            "charges/releases/<int:key>/<slug:verb>/",
            releases.decide_charge_entry,
            name="decide_charge_entry",
        ),
        path("charges/classes/", classes.charge_classes, name="charge_classes"),
        path("charges/classes/ask/", classes.ask_charge_class, name="ask_charge_class"),
        path(
            "charges/classes/<int:key>/<slug:verb>/",
            classes.decide_charge_class,
            name="decide_charge_class",
        ),
        path("charges/arrears/", releases.charge_arrears, name="charge_arrears"),
        path(
            "charges/arrears/export.<slug:ending>",
            releases.charge_arrears_export,
            name="charge_arrears_export",
        ),
        path("charges/price-gap/", prices.price_gap, name="price_gap"),
        path("charges/tiers/", prices.tier_check, name="tier_check"),
        path("charges/trial/", prices.charge_trial, name="charge_trial"),
        *_of_one(),
    ]


def _of_runs() -> list[URLPattern]:
    return [
        path("charges/", runs.charges, name="charges"),
        path("charges/new/", runs.new_charge_run, name="new_charge_run"),
        path(RUN, runs.charge_run, name="charge_run"),
        path(RUN + "export.<slug:ending>", runs.charge_run_export, name="charge_run_export"),
        path(RUN + "compute/", runs.compute_charge_run, name="compute_charge_run"),
        path(RUN + "review/", runs.review_charge_run, name="review_charge_run"),
        path(RUN + "return/", runs.return_charge_run, name="return_charge_run"),
        path(RUN + "issue/", runs.issue_charge_run, name="issue_charge_run"),
        path(RUN + "notices/", runs.charge_notices, name="charge_notices"),
        path(RUN + "withdraw/", runs.withdraw_charge_run, name="withdraw_charge_run"),
    ]


def _of_one() -> list[URLPattern]:
    return [
        path(CHARGE, one.charge, name="charge"),
        path(CHARGE + "notice.docx", one.charge_notice, name="charge_notice"),
        path(CHARGE + "derivation.<slug:ending>", one.charge_derivation, name="charge_derivation"),
        path(CHARGE + "pay/", one.pay_charge, name="pay_charge"),
        path(CHARGE + "ask/", one.ask_charge_back, name="ask_charge_back"),
        path(CHARGE + "word/", one.vouch_for_charge, name="vouch_for_charge"),
        path(CHARGE + "receipt/", one.confirm_charge_notice, name="confirm_charge_notice"),
        path(CHARGE + "late-fee/", one.add_charge_late_fee, name="add_charge_late_fee"),
    ]
