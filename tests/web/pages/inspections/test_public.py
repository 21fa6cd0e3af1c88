"""Anybody reads commitments and takes record and program along, without an account."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from services.inspections.made_up import InspectedCity
from shuiheng.programmes.draw.verify import check_record
from shuiheng.services.inspections.keep_draw import void_draw
from shuiheng.services.inspections.make_draw import publish_draw

pytestmark = pytest.mark.django_db
GONE = 404


def test_a_stranger_can_draw_again(city: InspectedCity, monkeypatch: pytest.MonkeyPatch) -> None:
    slug, stranger = city.metered.place.slug, Client()
    address = reverse("public_inspections", args=[slug])
    assert "还没有公布随机抽查" in stranger.get(address).content.decode()
    row = city.drawn(monkeypatch)
    sent = reverse("public_inspection_record", args=[slug, row.number])
    page = stranger.get(address).content.decode()
    assert row.commitment in page and sent not in page and stranger.get(sent).status_code == GONE
    publish_draw(city.reviewer, row.pk)
    page = stranger.get(address).content.decode()
    assert sent in page and "周一" not in page
    assert check_record(json.loads(stranger.get(sent).content), row.commitment) == 2
    program = stranger.get(reverse("public_verify_program")).content.decode()
    assert program.startswith("#!/usr/bin/env python3")
    assert stranger.get(reverse("public_inspections", args=["nowhere"])).status_code == GONE
    void_draw(city.reviewer, row.pk, reason="名录库有误")
    later = city.committed()
    page = stranger.get(address).content.decode()
    assert "此前已终止的抽查" in page and page.index(later.commitment) < page.index("抽取后终止于")
