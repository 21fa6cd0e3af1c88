"""The officer sees the legal range, decides and says why; the order is served, proved and looked at again."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from services.inspections.check_city import ACT, MEASURE, CheckedCity
from shuiheng.adapters.records.models import CheckState, OrderState
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE, REFUSED = 404, 422


def test_an_order_from_its_clause_to_its_closing(checked: CheckedCity, browser: Browser) -> None:
    row = checked.recorded()
    office, address = browser(checked.reviewer), reverse("new_order", args=[row.pk])
    page = office.get(f"{address}?act={ACT}").content.decode()
    assert "5,000元以上20,000元以下" in page and "第五十三条" in page
    fields = {
        "act": ACT,
        "measure": MEASURE,
        "kind": "mend",
        "fault": "二号口没有装表",
        "reason": "责令限期安装",
        "due_on": timezone.localdate().isoformat(),
        "files": [row.files.get().pk],
    }
    answer = office.post(address, fields)
    assert answer.status_code == REFUSED and "责令限期安装" in answer.content.decode()
    assert "未经另一人审核" in answer.content.decode()
    office.post(reverse("review_check_file", args=[row.files.get().pk]), {"answer": "reviewed"})
    office.post(address, fields)
    made = row.orders.get()
    filer = browser(checked.filer(checked.user("甲厂")))
    own = reverse("own_order", args=[made.pk])
    assert filer.get(own).status_code == GONE  # not served yet
    office.post(
        reverse("step_order", args=[made.pk, "serve"]), {"served_on": timezone.localdate().isoformat()}
    )
    assert "二号口没有装表" in filer.get(reverse("own_orders")).content.decode()
    filer.post(own, {"words": "已装表"})
    office.post(reverse("step_order", args=[made.pk, "look"]), {"answer": "good", "reason": "现场核实"})
    made.refresh_from_db()
    assert made.state == OrderState.CLOSED and "复查通过" in filer.get(own).content.decode()
    office.post(reverse("publish_check", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == CheckState.CLOSED


@pytest.mark.parametrize("name", ["leave_check", "void_check", "publish_check"])
def test_a_check_that_is_not_there_is_not_there_before_anything_is_said_of_the_form(
    checked: CheckedCity, browser: Browser, name: str
) -> None:
    assert browser(checked.reviewer).post(reverse(name, args=[10**9])).status_code == GONE
