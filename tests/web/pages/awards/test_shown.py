"""Filters drop what they do not know, and refusals call their field by its word."""

from __future__ import annotations

from django.utils import translation

from shuiheng.services.errors import ServiceError
from shuiheng.web.pages.awards.shown import in_words, wanted_from


def test_unknown_values_of_a_filter_are_dropped() -> None:
    wanted = wanted_from({"state": "gone", "scheme": "x", "twin": "2", "q": " 甲厂 "})
    assert (wanted.state, wanted.scheme, wanted.has_twin) == ("", None, False)
    assert wanted_from({"state": "paid", "scheme": "7", "twin": "1"}).scheme == 7


def test_a_field_is_called_by_its_word_in_both_languages() -> None:
    error = ServiceError("awards.unknown_figure", field="m3_per_kwh")
    with translation.override("zh-hans"):
        assert in_words(error).values["field"] == "每度电提水量"
        assert "比上年节水" in in_words(ServiceError("x", field="saved_share")).values["field"]
    with translation.override("en"):
        assert in_words(error).values["field"] == "Water lifted by a kWh"
    plain = ServiceError("awards.trial")
    assert in_words(plain) is plain
