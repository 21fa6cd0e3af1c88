"""The form of statistics has a line for each fact and year, and lines that stand are filled in."""

from __future__ import annotations

from decimal import Decimal

from shuiheng.adapters.records.models import Statistic
from shuiheng.adapters.rulebook.fact_topics import fact_topics
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.services.indicators.statistic_form import Wanted, fact_names, form_rows, statistics_form

WANTED = Wanted(places={1: "青禾市"}, topics=frozenset({"irrigation"}), years=(2024,))


def test_every_fact_that_can_be_entered_has_a_name_of_its_own() -> None:
    can_be = [name for name, origin in indicator_book().origins.items() if origin != "calendar"]
    assert sorted(fact_names().values()) == sorted(can_be)


def test_a_fact_of_several_members_has_a_line_for_each_and_an_empty_one_when_none_stands() -> None:
    rows = [
        Statistic(
            place_id=1,
            fact="irrigation_intake",
            year=2024,
            member=member,
            value=Decimal("5.0"),
            estimated_share=Decimal(0),
        )
        for member in ("大型灌区", "小型灌区")
    ]
    lines = form_rows(WANTED, rows)
    assert [(line.get("member"), line.get("value")) for line in lines[:2]] == [
        ("大型灌区", Decimal(5)),
        ("小型灌区", Decimal(5)),
    ]
    facts = next(topic.facts for topic in fact_topics() if "irrigation_intake" in topic.facts)
    others = [fact for fact in facts if fact != "irrigation_intake"]
    assert [fact_names()[str(line["fact"])] for line in lines[2:]] == others
    assert all("value" not in line for line in lines[2:])


def test_the_places_of_the_sender_are_the_choices() -> None:
    assert statistics_form(["青禾市", "临江区"]).column("place").choices == ("青禾市", "临江区")
