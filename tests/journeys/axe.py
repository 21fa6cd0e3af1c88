"""What axe-core finds wrong on a page: WCAG 2.0 to 2.2, levels A and AA."""

from __future__ import annotations

from functools import cache

from playwright.sync_api import Page

from places import ROOT

LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
SHOWN_PLACES = 3
RUN = """
async (levels) => {
  const asked = {runOnly: {type: "tag", values: levels}, resultTypes: ["violations"]};
  const found = await axe.run(document, asked);
  return found.violations.map(each => ({
    rule: each.id, help: each.help, places: each.nodes.map(node => node.html.slice(0, 200)),
  }));
}
"""


@cache
def _engine() -> str:
    return (ROOT / "tests" / "vendor" / "axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """Return what is wrong on the page as it stands: the rule, how often, and the first places.

    The engine is run beside the page, so that the rules of the page about scripts stand.
    """
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_engine())
    return [
        f"{each['rule']} ({len(each['places'])}): {each['help']}: {each['places'][:SHOWN_PLACES]}"
        for each in page.evaluate(RUN, list(LEVELS))
    ]
