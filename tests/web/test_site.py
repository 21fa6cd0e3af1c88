"""Every page of the site, for every role."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shuiheng.adapters.records.models import PlanVersion, Role
from shuiheng.adapters.rulebook import role_rules
from web.addresses import NOT_FOR_ACCOUNTS, addresses

CHINESE = re.compile(r"[一-鿿]")
LATIN = re.compile(r"[A-Za-z]{2,}")
ALLOWED = {"xlsx", "csv", "CSV", "PDF", "JSON", "KB", "MB"}
BUDGET = 30
TABS = ("doubts", "tasks", "targets", "duties", "thresholds", "sources", "findings", "removed", "history")


class _Words(HTMLParser):
    """Collects the words of a page outside elements that show words of a document."""

    VOID = frozenset({"meta", "link", "img", "input", "br", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[bool] = []
        self.words: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        is_document = "data-doc" in names or tag in {"script", "title", "style"}
        if tag == "style" or "style" in names or any(name.startswith("on") for name in names):
            self.inline.append(self.get_starttag_text() or tag)
        if tag == "script" and "src" not in names and names.get("type") != "application/json":
            self.inline.append("script")
        shown = [names.get(name) or "" for name in ("aria-label", "placeholder")]
        shown += (
            []
            if "data-doc" in names or "u-lead" in (names.get("class") or "")
            else [names.get("title") or ""]
        )
        if not any(self.stack) and "unit" not in (names.get("class") or "") and tag != "h1":
            self.words += shown
        if tag not in self.VOID:
            self.stack.append(is_document)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self.stack:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.stack) and data.strip():
            self.words.append(data.strip())


def _parsed(html: str) -> _Words:
    parser = _Words()
    parser.feed(html)
    return parser


def _pages(version: PlanVersion) -> list[str]:
    """Paths of all pages that answer GET with HTML."""
    files = {"original", "plan_json", "responsibility", "export"} | NOT_FOR_ACCOUNTS
    paths = [a.path for a in addresses(version) if "GET" in a.methods and a.name not in files]
    reading = f"/plans/{version.plan.slug}/{version.sequence}/"
    paths += [f"{reading}tab/{tab}/" for tab in TABS]
    paths += ["/tasks/?by=path", "/tasks/?by=deadline&q=水", "/search/?q=水利局", "/targets/?year=2027"]
    paths += ["/duties/?year=2027", "/compare/?way=align", f"{reading}?tab=targets"]
    one = f"{version.plan.slug}:{version.sequence}"
    paths += [f"/compare/?old={one}&new={one}", f"/compare/?old=rulebook:cn_national_2019&new={one}"]
    return paths


def test_every_route_but_signing_in_states_the_right_that_it_needs(ready: PlanVersion) -> None:
    silent = [a.name for a in addresses(ready) if not a.action and a.name not in NOT_FOR_ACCOUNTS]
    assert not silent


def test_an_officer_sees_every_page(office: Client, ready: PlanVersion) -> None:
    wrong = {path: status for path in _pages(ready) if (status := office.get(path).status_code) != 200}
    assert wrong == {"/units/青禾市水利局/": 404}  # nothing is published yet


def test_an_officer_sees_every_page_of_a_published_plan(office: Client, published: PlanVersion) -> None:
    wrong = {path: status for path in _pages(published) if (status := office.get(path).status_code) != 200}
    assert not wrong


def test_a_reader_gets_404_where_the_right_is_missing_and_only_there(
    looker: Client, published: PlanVersion
) -> None:
    allowed = role_rules()[Role.READER].reaches
    for address in addresses(published):
        if address.name in NOT_FOR_ACCOUNTS:
            continue
        for method in address.methods:
            status = looker.generic(method, address.path).status_code
            assert (status == 404) == (address.action not in allowed), f"{method} {address.path} {status}"


def test_a_stranger_is_sent_to_the_login_page(client: Client, published: PlanVersion) -> None:
    for address in addresses(published):
        if address.name in NOT_FOR_ACCOUNTS:
            continue
        response = client.get(address.path)
        assert response.status_code == 302 and response["Location"].startswith("/login/"), address.path


def test_a_fragment_sends_a_stranger_to_the_login_page(client: Client, ready: PlanVersion) -> None:
    response = client.get("/plans/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, "/login/")


def test_a_route_answers_only_to_its_methods(office: Client, ready: PlanVersion) -> None:
    for address in addresses(ready):
        if address.methods == {"POST"} and address.name not in NOT_FOR_ACCOUNTS:
            assert office.get(address.path).status_code == 405, address.path


def test_no_page_costs_more_queries_than_its_budget(office: Client, published: PlanVersion) -> None:
    dear = {}
    for path in _pages(published):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            office.get(path)
        if len(queries) > BUDGET:
            dear[path] = len(queries)
    assert not dear


def test_no_page_holds_inline_script_or_style(office: Client, published: PlanVersion) -> None:
    found = {path: inline for path in _pages(published) if (inline := _parsed(_text(office, path)).inline)}
    assert not found


def _text(client: Client, path: str) -> str:
    return client.get(path).content.decode("utf-8")


def test_every_answer_carries_the_content_policy(
    client: Client, office: Client, published: PlanVersion
) -> None:
    for response in (client.get("/login/"), office.get("/"), office.get("/nowhere/")):
        policy = response["Content-Security-Policy"]
        assert "unsafe" not in policy and "script-src 'self'" in policy
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"


def test_chinese_pages_hold_no_latin_words(office: Client, published: PlanVersion) -> None:
    leaks = {}
    for path in [*_pages(published), "/nowhere/", "/login/"]:
        words = " ".join(_parsed(_text(office, path)).words)
        found = set(LATIN.findall(words)) - ALLOWED
        if found:
            leaks[path] = found
    assert not leaks


def test_english_pages_hold_no_chinese_words(office: Client, published: PlanVersion) -> None:
    office.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    leaks = {}
    of_the_site = [path for path in _pages(published) if not path.endswith("/text/")]
    for path in [*of_the_site, "/nowhere/"]:
        found = [word for word in _parsed(_text(office, path)).words if CHINESE.search(word)]
        if found:
            leaks[path] = found
    assert not leaks


def test_what_the_browser_prefers_does_not_change_the_language(office: Client) -> None:
    assert "工作概览" in office.get("/", headers={"Accept-Language": "en-US,en"}).content.decode()


def test_words_of_a_document_are_never_markup(officer: object, office: Client, ready: PlanVersion) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    text = hostile + ready.source_json["text"][len(hostile) :]
    PlanVersion.objects.filter(pk=ready.pk).update(source_json=ready.source_json | {"text": text}, sha256="x")
    page = _text(office, f"/plans/{ready.plan.slug}/1/")
    assert "<script>alert" not in page and "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_a_made_up_plan_is_announced_on_every_page(office: Client, published: PlanVersion) -> None:
    assert "均为虚构" not in _text(office, "/")
    published.plan.is_synthetic = True
    published.plan.save()
    for path in ("/", "/tasks/", "/upload/", f"/plans/{published.plan.slug}/1/"):
        assert "均为虚构" in _text(office, path)


@pytest.mark.parametrize(
    "query", ["?page=x", "?year=99999", "?plan=%00", "?kind=%27", "?by=zzz", "?start=-1"]
)
def test_a_strange_query_is_answered(office: Client, published: PlanVersion, query: str) -> None:
    for path in ("/tasks/", "/targets/", "/duties/", "/findings/", "/units/", "/search/"):
        assert office.get(path + query).status_code == 200, path
