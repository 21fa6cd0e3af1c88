"""A document is kept once with its user, and an empty one is refused."""

from __future__ import annotations

import pytest

from services.allowances.planned_city import PlannedCity, planned_city
from shuiheng.adapters.records.models import Account
from shuiheng.services.allowances.keep_user_document import UploadedFile, keep_user_document
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_the_same_file_is_kept_once(city: PlannedCity) -> None:
    filer, sent = city.filer(city.mill), UploadedFile(name="订单.txt", content="订单".encode())
    first = keep_user_document(filer, city.mill, sent)
    assert keep_user_document(filer, city.mill, sent).pk == first.pk
    assert (first.original_name, first.user) == ("订单.txt", city.mill)


def test_an_empty_file_is_refused(city: PlannedCity) -> None:
    with pytest.raises(ServiceError):
        keep_user_document(city.filer(city.mill), city.mill, UploadedFile(name="空.txt", content=b""))
    assert not city.mill.documents.exists()
