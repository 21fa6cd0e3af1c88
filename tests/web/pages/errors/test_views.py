"""Pages for what went wrong."""

from __future__ import annotations

from django.test import Client, RequestFactory

from shuiheng.web.pages.errors.views import failed


def test_an_unknown_address_is_answered_in_chinese(office: Client) -> None:
    response = office.get("/nowhere/")
    assert response.status_code == 404
    assert "未找到页面" in response.content.decode()


def test_a_form_without_its_token_is_refused_in_chinese(office: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = office.cookies
    response = strict.post("/upload/")
    assert response.status_code == 403
    assert "不能执行此操作" in response.content.decode()


def test_a_fault_is_answered_without_the_database() -> None:
    response = failed(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "程序出错" in response.content.decode()
