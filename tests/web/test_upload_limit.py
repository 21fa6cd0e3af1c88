"""A page with a limit refuses what says to be larger; others are left alone."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path
from pytest_django import Settings

from shuiheng.web.upload_limit import UploadLimitMiddleware, limited_upload

TOO_LARGE, OK = 413, 200


@limited_upload(10)
def _small(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x")


def _free(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x")


urlpatterns = [path("small/", _small), path("free/", _free)]


@pytest.mark.parametrize(
    ("where", "length", "status"),
    [
        ("/small/", "", OK),
        ("/small/", "10", OK),
        ("/small/", "11", TOO_LARGE),
        ("/small/", "-1", TOO_LARGE),
        ("/small/", "x", TOO_LARGE),
        ("/free/", "99999999999", OK),
        ("/nowhere/", "99999999999", OK),
    ],
)
def test_what_is_larger_or_says_nonsense_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, where: str, length: str, status: int
) -> None:
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr("shuiheng.web.upload_limit.ANSWER", f"{__name__}._refused")
    request = RequestFactory().post(where, CONTENT_LENGTH=length)
    assert UploadLimitMiddleware(_free)(request).status_code == status


def _refused(request: HttpRequest) -> HttpResponse:
    return HttpResponse("too large", status=TOO_LARGE)
