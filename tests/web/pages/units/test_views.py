"""Pages of units."""

from __future__ import annotations

from django.test import Client

from shuiheng.adapters.records.models import PlanVersion


def test_a_unit_sees_what_it_leads_and_joins(office: Client, published: PlanVersion) -> None:
    work = office.get("/units/青禾市水利局/").context["work"]
    assert (len(work.lead), len(work.joint)) == (2, 2)


def test_a_unit_of_another_place_is_not_found(office: Client, published: PlanVersion) -> None:
    assert office.get("/units/北岭县水利局/").status_code == 404


def test_a_zero_character_in_an_address_finds_nothing(office: Client, published: PlanVersion) -> None:
    assert office.get("/units/水%00利局/").status_code == 404
    assert office.get("/compare/?old=a%00:1&new=b:1").status_code == 404


def test_the_list_is_filtered_by_words(office: Client, published: PlanVersion) -> None:
    loads = office.get("/units/?q=财政").context["loads"]
    assert [load.label for load in loads] == ["青禾市财政局"]
