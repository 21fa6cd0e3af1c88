"""Sections and page numbers."""

from __future__ import annotations

import re

from shuiheng.adapters.exports.official_pages import footer_xml, section_xml, text_width_mm
from shuiheng.adapters.exports.official_styles import twips_of_mm
from shuiheng.adapters.rulebook.official_form import load_official_form

FORM = load_official_form()


def _numbers(xml: str, tag: str) -> dict[str, int]:
    found = re.search(rf"<w:{tag} ([^>]*)/>", xml)
    assert found is not None
    return {name: int(value) for name, value in re.findall(r'w:(\w+)="(\d+)"', found[1])}


def test_an_upright_page_has_the_margins_of_the_form() -> None:
    xml = section_xml(FORM, is_landscape=False, footers="")
    margins = _numbers(xml, "pgMar")
    page = FORM.page
    assert margins["top"] == twips_of_mm(page.top_mm)
    assert margins["left"] == twips_of_mm(page.binding_mm)
    assert margins["right"] == twips_of_mm(page.outer_mm)
    assert margins["bottom"] == twips_of_mm(page.bottom_mm)
    assert _numbers(xml, "docGrid")["linePitch"] == 579


def test_a_page_on_its_side_is_the_upright_one_turned_with_its_head_at_the_binding() -> None:
    upright = section_xml(FORM, is_landscape=False, footers="")
    lying = section_xml(FORM, is_landscape=True, footers="")
    size, turned = _numbers(upright, "pgSz"), _numbers(lying, "pgSz")
    assert (turned["w"], turned["h"]) == (size["h"], size["w"])
    before, behind = _numbers(upright, "pgMar"), _numbers(lying, "pgMar")
    sides = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
    assert all(behind[side] == before[source] for side, source in sides.items())
    assert text_width_mm(FORM, is_landscape=True) == FORM.page.text_height_mm


def test_the_number_is_right_on_odd_pages_and_left_on_even_ones() -> None:
    odd = footer_xml(FORM, is_even=False, is_landscape=False)
    even = footer_xml(FORM, is_even=True, is_landscape=False)
    assert '<w:jc w:val="right"/>' in odd
    assert '<w:jc w:val="left"/>' in even
    assert odd.count("—") == 2
    assert "v:rect" not in odd


def test_the_number_of_a_page_on_its_side_is_turned() -> None:
    assert "layout-flow:vertical" in footer_xml(FORM, is_even=True, is_landscape=True)
