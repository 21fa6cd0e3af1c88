"""Addresses of the pages of the rulebook."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from shuiheng.web.pages.rules import compare, norm_trial, norms, proposing, replays, sources, views


def rule_routes() -> Sequence[URLPattern]:
    """Return the addresses below `rules/` and `norms/`."""
    return [*_rules(), *_norms()]


def _rules() -> Sequence[URLPattern]:
    return [
        path("rules/", views.rules, name="rules"),
        path("rules/export.<slug:ending>", views.rules_export, name="rules_export"),
        path("rules/code/", views.place_code, name="place_code"),
        path("rules/unchecked/", views.unchecked_rules, name="unchecked_rules"),
        path("rules/check/", views.check_rule, name="check_rule"),
        path("rules/checks/<int:key>/undo/", views.undo_rule_check, name="undo_rule_check"),
        path("rules/compare/", compare.compare_rules, name="compare_rules"),
        path("rules/compare.<slug:ending>", compare.compare_rules_export, name="compare_rules_export"),
        path("rules/sources/", sources.rule_sources, name="rule_sources"),
        path("rules/sources/<slug:key>/", sources.rule_source, name="rule_source"),
        path("rules/proposals/", proposing.rule_proposals, name="rule_proposals"),
        path("rules/proposals/<int:key>/", proposing.rule_proposal, name="rule_proposal"),
        path(
            "rules/proposals/<int:key>/decide/",
            proposing.decide_rule_proposal,
            name="decide_rule_proposal",
        ),
        path(
            "rules/proposals/<int:key>/withdraw/",
            proposing.withdraw_rule_proposal,
            name="withdraw_rule_proposal",
        ),
        path("rules/replays/", replays.replays, name="replays"),
        path("rules/replays/try/<slug:topic>/<slug:name>/", proposing.try_rule_value, name="try_rule_value"),
        path("rules/replays/start/", replays.start_replay, name="start_replay"),
        path("rules/replays/norms/", norm_trial.start_norm_replay, name="start_norm_replay"),
        path("rules/replays/<int:key>/", replays.replay, name="replay"),
        path("rules/replays/<int:key>/export.<slug:ending>", replays.replay_export, name="replay_export"),
        path("rules/rule/<slug:topic>/<slug:name>/", views.rule, name="rule"),
        path(
            "rules/rule/<slug:topic>/<slug:name>/propose/",
            proposing.propose_rule_value,
            name="propose_rule",
        ),
    ]


def _norms() -> Sequence[URLPattern]:
    return [
        path("norms/", norms.use_norms, name="use_norms"),
        path("norms/export.<slug:ending>", norms.use_norms_export, name="use_norms_export"),
        path("norms/one/", norms.use_norm, name="use_norm"),
        path("norms/grades/", norms.norm_grades, name="norm_grades"),
        path("norms/grades/export.<slug:ending>", norms.norm_grades_export, name="norm_grades_export"),
        path("norms/books/", norms.norm_books, name="norm_books"),
        path("norms/books/form/", norms.norm_book_form, name="norm_book_form"),
        path("norms/books/send/", norms.send_norm_book, name="send_norm_book"),
        path("norms/books/<int:key>/", norms.norm_book, name="norm_book"),
        path("norms/books/<int:key>/marked/", norms.marked_norm_book, name="marked_norm_book"),
        path("norms/books/<int:key>/take/", norms.take_norm_book, name="take_norm_book"),
        path("norms/books/<int:key>/undo/", norms.undo_norm_book, name="undo_norm_book"),
    ]
