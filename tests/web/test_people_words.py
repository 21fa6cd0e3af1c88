"""Words for roles and devices."""

from __future__ import annotations

import pytest
from django.utils import translation

from shuiheng.web.templatetags.people import device_name, proposal_state, role_name


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/90.0 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Linux; Android 11) Chrome/90.0 Mobile MicroMessenger/8.0", "WeChat · Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox · Linux"),
        ("probe", "probe"),
        ("", "—"),
        ("x" * 99, "x" * 60),
    ],
)
def test_a_device_is_called_by_browser_and_system(agent: str, name: str) -> None:
    assert device_name(agent) == name


def test_a_role_is_named_in_the_language_of_the_page_and_an_unknown_one_as_it_is() -> None:
    with translation.override("zh-hans"):
        assert (role_name("office_clerk"), proposal_state("made")) == ("节水办经办", "待授权")
    with translation.override("en"):
        assert role_name("office_clerk") == "Office clerk"
    assert role_name("emperor") == "emperor"
