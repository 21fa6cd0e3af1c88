"""Everybody can use the pages: fields have labels, the order of focus is that of the page."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.test import Client

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.web.pages.reading.marks import item_token

SILENT = {"hidden", "submit", "button"}


class _Fields(HTMLParser):
    """Collects fields without a label, and what upsets the order of focus."""

    def __init__(self) -> None:
        super().__init__()
        self.labels, self.hidden_forms = 0, 0
        self.bare: list[tuple[str, str | None]] = []
        self.named: set[str] = set()
        self.upset: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "label":
            self.labels += 1
            self.named.add(names.get("for") or "")
        if tag == "form" and "hidden" in names:
            self.hidden_forms = 1
        if int(names.get("tabindex") or 0) > 0:
            self.upset.append(tag)
        is_field = tag in ("input", "select", "textarea") and names.get("type") not in SILENT
        if is_field and not self.hidden_forms and not self.labels and "aria-label" not in names:
            self.bare.append((names.get("name") or tag, names.get("id")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self.labels -= 1
        if tag == "form":
            self.hidden_forms = 0


def _read(client: Client, path: str) -> tuple[_Fields, str]:
    page = client.get(path).content.decode()
    fields = _Fields()
    fields.feed(page)
    return fields, page


def _paths(version: PlanVersion) -> list[str]:
    home = f"/plans/{version.plan.slug}/{version.sequence}/"
    token = item_token("target", plan_at_work(version).decided.plan.targets[0].id)
    forms = [f"{home}item/{token}/form/{verb}/" for verb in ("correct", "split", "merge", "reject")]
    lists = ["/", "/upload/", "/tasks/", "/targets/", "/duties/", "/findings/", "/units/", "/compare/"]
    return [*lists, "/search/", home, f"{home}add/", f"{home}publish/", *forms]


def test_every_field_has_a_label_and_none_upsets_the_order_of_focus(
    office: Client, ready: PlanVersion
) -> None:
    for path in _paths(ready):
        fields, _ = _read(office, path)
        bare = [name for name, key in fields.bare if key not in fields.named]
        assert (bare, fields.upset) == ([], []), path


def test_the_login_form_has_labels(client: Client, db: None) -> None:
    fields, page = _read(client, "/login/")
    assert fields.bare == [] and 'class="skip"' in page


@pytest.mark.parametrize("path", ["/", "/tasks/", "/plans/qinghe/1/"])
def test_a_page_begins_with_a_way_past_the_menu(office: Client, ready: PlanVersion, path: str) -> None:
    _, page = _read(office, path)
    assert page.index('class="skip" href="#main"') < page.index("<nav")
    assert '<main id="main" tabindex="-1"' in page


def test_the_result_of_a_decision_and_progress_are_announced(office: Client, ready: PlanVersion) -> None:
    _, page = _read(office, "/plans/qinghe/1/")
    assert 'id="said" role="status" aria-live="polite"' in page
    token = item_token("target", plan_at_work(ready).decided.plan.targets[0].id)
    answer = office.post("/plans/qinghe/1/decide/", {"verb": "confirm", "token": token}).content.decode()
    assert '<p id="said"' in answer and "已记录：确认" in answer
    uploaded = office.get(f"/upload/?versions={ready.pk}").content.decode()
    assert 'aria-live="polite"' in uploaded
