"""Addresses of screens are issued once and shown once; only the head of the office has the page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office import make_account
from pictured_city import PicturedCity
from shuiheng.adapters.records.models import HallScreen, Role

pytestmark = pytest.mark.django_db
NOT_THERE, WRONG = 404, 422


def test_an_address_is_shown_once_and_works(head: Client, city: PicturedCity) -> None:
    page = head.post(reverse("hall_screens"), {"city": city.place.pk, "name": "政务大厅"}).content.decode()
    found = re.search(r"http://testserver(/hall/[^<\"]+)", page)
    assert found is not None
    assert "等待设备打开" in head.get(reverse("hall_screens")).content.decode()
    device = Client()
    assert device.post(f"{found.group(1)}open/", follow=True).status_code == 200
    listed = head.get(reverse("hall_screens")).content.decode()
    assert "政务大厅" in listed and "使用中" in listed and found.group(1) not in listed


def test_a_screen_is_opened_for_another_device(head: Client, city: PicturedCity) -> None:
    page = head.post(reverse("hall_screens"), {"city": city.place.pk, "name": "大厅"}).content.decode()
    found = re.search(r"http://testserver(/hall/[^<\"]+)", page)
    assert found is not None
    old, new, address = Client(), Client(), found.group(1)
    old.post(f"{address}open/")
    HallScreen.objects.update(bind_until=timezone.now() - timedelta(hours=1))
    listed = head.get(reverse("hall_screens")).content.decode()
    assert "使用中" in listed and "更换设备" in listed
    renewed = reverse("renew_hall_screen", args=[HallScreen.objects.get().pk])
    assert "原设备已解除绑定" in head.post(renewed, follow=True).content.decode()
    new.post(f"{address}open/")
    assert [each.get(address).status_code for each in (old, new)] == [NOT_THERE, 200]


def test_the_list_says_that_nobody_opened_it_in_time(head: Client, city: PicturedCity) -> None:
    head.post(reverse("hall_screens"), {"city": city.place.pk, "name": "大厅"})
    HallScreen.objects.update(bind_until=timezone.now() - timedelta(hours=1))
    listed = head.get(reverse("hall_screens")).content.decode()
    assert "没有按时打开" in listed and "更换设备" in listed


def test_an_address_is_ended(head: Client, city: PicturedCity) -> None:
    page = head.post(reverse("hall_screens"), {"city": city.place.pk, "name": "大厅"}).content.decode()
    address = re.search(r"http://testserver(/hall/[^<\"]+)", page)
    key = HallScreen.objects.get().pk
    listed = head.post(reverse("end_hall_screen", args=[key]), follow=True).content.decode()
    assert "大屏地址已停用。" in listed and "已停用" in listed
    assert address is not None and Client().get(address.group(1)).status_code == NOT_THERE


def test_what_was_typed_stays_when_it_is_refused(head: Client, city: PicturedCity) -> None:
    answer = head.post(reverse("hall_screens"), {"city": city.place.pk, "name": "   "})
    assert answer.status_code == WRONG and "没有填写大屏的名称" in answer.content.decode()
    assert head.post(reverse("hall_screens"), {"city": "x", "name": "大厅"}).status_code == NOT_THERE


def test_a_clerk_has_no_such_page(client: Client, city: PicturedCity) -> None:
    client.force_login(make_account("li", Role.OFFICE_CLERK))
    assert client.get(reverse("hall_screens")).status_code == NOT_THERE
    posted = client.post(reverse("hall_screens"), {"city": city.place.pk, "name": "大厅"})
    assert posted.status_code == NOT_THERE and not HallScreen.objects.exists()
