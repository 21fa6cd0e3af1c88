"""What people do on the page of a case: hand in, review, score, end a step."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from playwright.sync_api import Page

from filing import PHOTO

SOURCE = "现场核查记录1号"
_numbers = count(1)


def hand_in(page: Page, step: str, kind: str, *, pieces: int = 1) -> None:
    """Hand in files of one kind for a step; no two files are the same."""
    form = page.locator(f"#step-{step} form:has(input[name=kind][value={kind}])")
    folded = page.locator(f"#step-{step} details:not([open]):has(input[name=kind][value={kind}])")
    if folded.count():
        folded.locator("summary").click()
    is_photo = kind == "photo"
    files = []
    for _ in range(pieces):
        number = next(_numbers)
        content = PHOTO + bytes([number]) if is_photo else f"{step} {kind} {number}".encode()
        name, sort = (f"{number}.png", "image/png") if is_photo else (f"{kind}{number}.txt", "text/plain")
        files.append({"name": name, "mimeType": sort, "buffer": content})
    form.locator("input[type=file][multiple]").set_input_files(files)  # type: ignore[arg-type]  # plain dicts
    form.locator("button").click()
    page.wait_for_selector("ul.messages:has-text('已保存佐证材料')")


def accept_all(page: Page, step: str, *, pieces: int) -> None:
    """Accept so many pieces of evidence of a step as a second person."""
    accept = page.locator(f"#step-{step} form[action$='/review/'] button[value=accepted]")
    for left in range(pieces - 1, -1, -1):
        accept.nth(left).click()
        page.wait_for_selector("ul.messages:has-text('已复核')")
        accept.nth(left).wait_for(state="detached")


def fill_score(page: Page, given: Mapping[str, str]) -> None:
    """Give the points and facts of a score that nothing else tells."""
    form = page.locator("form[action$='/answers/']")
    page.click("#score details summary")
    for name, value in given.items():
        field = form.locator(f"[name='{name}']")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator("[name=source]").fill(SOURCE)
    form.locator("button").click()
    page.wait_for_selector("ul.messages:has-text('已保存评分资料')")


def end(page: Page, step: str, **said: str) -> None:
    """End a step, saying what its form asks for."""
    form = page.locator(f"#step-{step} form[action$='/end/']")
    for name, value in said.items():
        field = form.locator(f"[name='{name}']")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator("button.primary").click()
    page.wait_for_selector("ul.messages:has-text('已办结环节')")
