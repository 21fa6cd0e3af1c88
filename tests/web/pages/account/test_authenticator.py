"""The picture of a secret."""

from __future__ import annotations

import pytest

from administrators import person
from shuiheng.services.second_factor import new_sealed_secret, open_secret
from shuiheng.web.pages.account.authenticator import enrolment

pytestmark = pytest.mark.django_db


def test_the_picture_is_drawn_without_style_and_without_words() -> None:
    account, sealed = person("<script>", None), new_sealed_secret()
    shown = enrolment(account, sealed)
    picture = str(shown["picture"])
    assert picture.startswith("<svg") and "style" not in picture and "script" not in picture
    assert str(shown["secret"]).replace(" ", "") == open_secret(sealed)
