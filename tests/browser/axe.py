"""What axe-core finds on a page."""

from axe_playwright_python.base import AXE_SCRIPT

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # to describe all that is in order takes longer than to find what is not
}
RUN = """options => axe.run(options).then(results => results.violations.flatMap(
    rule => rule.nodes.map(node => [rule.id, node.target, node.html.slice(0, 160)])
))"""


def violations(page):
    """Rule, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN, OPTIONS)
