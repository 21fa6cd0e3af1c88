"""A second payment is found by its subject, or by the sort of thing and the time, whoever pays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.awards.made_up import FIXED, PLAIN, City
from shuiheng.adapters.records.models import Award, AwardMatter, MoneySource, WaterUser
from shuiheng.services.awards.decide_award import reject_award
from shuiheng.services.awards.same_subject import LONGEST, Likeness, awards_alike, subject_key, twin_of
from shuiheng.services.awards.terms import Repeats

pytestmark = pytest.mark.django_db
SPRING = replace(
    PLAIN,
    subject="冷却塔改造",
    matter=AwardMatter.WORKS,
    first=date(2026, 3, 1),
    last=date(2026, 5, 31),
)


@pytest.mark.parametrize("typed", ["节水型企业", " 节水型 企业 ", "节水型-企业。", "（节水型企业）"])
def test_blanks_and_signs_make_no_other_subject(typed: str) -> None:
    assert subject_key(typed) == "节水型企业"


def test_width_and_case_make_no_other_subject_but_a_number_does() -> None:
    assert subject_key("ＡＢ-1号") == subject_key("ab1号")
    assert subject_key("1号地块") != subject_key("2号地块")


@given(st.text())
def test_a_key_is_its_own_key_and_fits_its_column(typed: str) -> None:
    key = subject_key(typed)
    assert len(key) <= LONGEST
    assert subject_key(key)[:LONGEST] == key or not key.isascii()


def test_the_same_sort_in_the_same_time_is_found_under_another_name_and_programme(city: City) -> None:
    user = city.user("甲厂")
    first = city.asked(user, city.scheme(money=MoneySource.PROVINCE), SPRING)
    other = replace(SPRING, subject="循环水系统提升", first=date(2026, 5, 31), last=date(2026, 9, 1))
    again = city.asked(user, city.scheme(year=2027, money=MoneySource.PROVINCE), other)
    (alike,) = awards_alike(Award.objects.all(), again)
    assert alike.award == first == again.twin
    assert alike.in_common == (Likeness.MATTER, Likeness.PERIOD, Likeness.MONEY)


@pytest.mark.parametrize(
    "changed",
    [
        {"first": date(2026, 6, 1), "last": date(2026, 9, 1)},
        {"matter": AwardMatter.AUDIT},
        {"matter": AwardMatter.OTHER},
        {"first": None, "last": None},
    ],
)
def test_another_time_or_sort_is_another_thing(city: City, changed: dict[str, object]) -> None:
    user, scheme = city.user("甲厂"), city.scheme()
    is_other = changed.get("matter") is AwardMatter.OTHER  # of which nothing is told, though both say so
    city.asked(user, scheme, replace(SPRING, matter=AwardMatter.OTHER if is_other else AwardMatter.WORKS))
    later = replace(SPRING, subject="循环水系统提升", **changed)  # type: ignore[arg-type]  # fields of it
    assert city.asked(user, scheme, later).twin is None


def test_a_yearly_subject_in_another_year_is_no_second_payment_unless_the_times_overlap(city: City) -> None:
    user, yearly = city.user("甲厂"), replace(FIXED, repeats=Repeats.YEARLY)
    first = city.asked(user, city.scheme(yearly), SPRING)
    following = city.scheme(yearly, year=2027)
    apart = replace(SPRING, first=date(2027, 3, 1), last=date(2027, 5, 31))
    assert city.asked(user, following, apart).twin is None
    assert city.asked(user, following, replace(SPRING, last=date(2026, 4, 1))).twin == first


def test_a_granted_one_comes_first_and_those_that_were_refused_do_not_count(city: City) -> None:
    user, scheme = city.user("甲厂"), city.scheme()
    asked, granted = city.asked(user, scheme), city.granted(user, scheme)
    third = city.asked(user, scheme)
    assert [each.award for each in awards_alike(Award.objects.all(), third)] == [granted, asked]
    reject_award(city.clerk, asked.pk, reason="重复")
    assert [each.award for each in awards_alike(Award.objects.all(), third)] == [granted]


def test_entries_that_were_merged_are_one_user(city: City) -> None:
    kept, gone, other = (city.user(name) for name in ("甲厂", "甲厂旧户", "乙厂"))
    scheme = city.scheme()
    before = city.asked(gone, scheme)
    WaterUser.objects.filter(pk=gone.pk).update(merged_into=kept)
    kept.refresh_from_db()
    assert city.asked(kept, scheme).twin == before
    assert twin_of(city.asked(other, scheme)) is None
