"""Addresses of the pages of awards."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.awards import asking, deciding, schemes, views

SCHEME, AWARD = "awards/schemes/<int:key>/", "awards/<int:key>/"


def award_addresses() -> list[URLPattern]:
    """Return the addresses of schemes and awards."""
    return [
        path("awards/", views.awards, name="awards"),
        path("awards/export.<slug:ending>", views.awards_export, name="awards_export"),
        path("awards/schemes/", schemes.award_schemes, name="award_schemes"),
        path("awards/schemes/new/", schemes.new_award_scheme, name="new_award_scheme"),
        path(SCHEME, schemes.award_scheme, name="award_scheme"),
        path(SCHEME + "change/", schemes.edit_award_scheme, name="edit_award_scheme"),
        path(SCHEME + "open/", schemes.open_award_scheme, name="open_award_scheme"),
        path(SCHEME + "close/", schemes.close_award_scheme, name="close_award_scheme"),
        path(SCHEME + "withdraw/", schemes.withdraw_award_scheme, name="withdraw_award_scheme"),
        path("awards/ask/<int:key>/", asking.ask_for_award, name="ask_for_award"),
        path("awards/enter/<int:key>/", asking.enter_for_award, name="enter_for_award"),
        path(AWARD, views.award, name="award"),
        path(AWARD + "paper.<slug:ending>", views.award_paper, name="award_paper"),
        path(AWARD + "check/", deciding.check_asked_award, name="check_award"),
        path(AWARD + "approve/", deciding.approve_checked_award, name="approve_award"),
        path(AWARD + "reject/", deciding.reject_asked_award, name="reject_award"),
        path(AWARD + "withdraw/", deciding.withdraw_asked_award, name="withdraw_award"),
        path(AWARD + "revoke/", deciding.revoke_approved_award, name="revoke_award"),
        path(AWARD + "pay/", deciding.pay_approved_award, name="pay_award"),
    ]
