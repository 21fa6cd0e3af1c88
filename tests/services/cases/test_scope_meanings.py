"""What words for a part of the city mean is said once, with a record, and counts and lists go by it."""

from __future__ import annotations

import pytest

from office import make_account
from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import Event, Role, ScopeKind, ScopeMeaning
from shuiheng.services.cases.scope_meanings import Said, parts_said, say_scope, take_scope_back
from shuiheng.services.cases.target_districts import Meant, districts_below, districts_meant
from shuiheng.services.errors import NotPermittedError, ServiceError

pytestmark = pytest.mark.django_db


def _meant(city: CaseCity, words: str) -> Meant:
    return districts_meant(words, districts_below(city.metered.place))


def test_words_mean_what_was_said_last(city: CaseCity) -> None:
    place, district = city.metered.place, city.district
    assert _meant(city, "主城区").is_open
    part = Said(words=" 主 城区", kind=ScopeKind.PART, districts=[district.pk])
    first = say_scope(city.clerk, place.pk, part)
    assert _meant(city, "主城区") == Meant(districts=frozenset({str(district.pk)}), part="主城区")
    assert parts_said([place.pk]) == {"主城区"}
    say_scope(city.clerk, place.pk, Said(words="主城区", kind=ScopeKind.WHOLE, districts=[district.pk]))
    assert _meant(city, "主城区") == Meant() and not parts_said([place.pk])
    first.refresh_from_db()
    assert first.superseded_at is not None
    event = Event.objects.filter(action="scope_meaning.set").order_by("-pk")[0]
    assert event.before is not None and event.before["districts"] == [district.pk]
    assert event.after is not None and (event.after["kind"], event.after["districts"]) == ("whole", [])


def test_what_is_not_there_needs_a_reason_and_asks_nothing(city: CaseCity) -> None:
    place, none = city.metered.place, {"words": "缺水地区", "kind": ScopeKind.NONE}
    with pytest.raises(ServiceError, match="reason_needed"):
        say_scope(city.clerk, place.pk, Said(**none))
    row = say_scope(city.clerk, place.pk, Said(**none, reason="不在缺水城市名单"))
    assert _meant(city, "缺水地区") == Meant(words="缺水地区", is_nowhere=True)
    with pytest.raises(ServiceError, match="reason_needed"):
        take_scope_back(city.clerk, row.pk, reason=" ")
    take_scope_back(city.clerk, row.pk, reason="名单已调整")
    assert _meant(city, "缺水地区") == Meant(words="缺水地区", is_open=True)
    with pytest.raises(ServiceError, match=r"scopes\.ended"):
        take_scope_back(city.clerk, row.pk, reason="名单已调整")


@pytest.mark.parametrize(
    ("words", "code"), [(" ", "no_words"), ("范" * 61, "no_words"), ("{district}", "a_district")]
)
def test_words_must_name_a_part_and_no_district(city: CaseCity, words: str, code: str) -> None:
    said = Said(words=words.format(district=city.district.name), kind=ScopeKind.WHOLE)
    with pytest.raises(ServiceError, match=rf"scopes\.{code}"):
        say_scope(city.clerk, city.metered.place.pk, said)
    assert not ScopeMeaning.objects.exists()


def test_districts_of_another_city_are_refused(city: CaseCity) -> None:
    said = Said(words="城区", kind=ScopeKind.PART, districts=[city.metered.place.pk])
    with pytest.raises(ServiceError, match=r"scopes\.no_district"):
        say_scope(city.clerk, city.metered.place.pk, said)


def test_a_reader_says_nothing(city: CaseCity) -> None:
    with pytest.raises(NotPermittedError):
        say_scope(
            make_account("looks", Role.READER),
            city.metered.place.pk,
            Said(words="城区", kind=ScopeKind.WHOLE),
        )
