"""Words that are planted where a page must not show them: ``zqsomethingzq``, so that no token looks like one."""

import re

MARK = re.compile(rb"zq[a-z]+zq")


def marked(page):
    """Whether a page, as text or as bytes, holds a planted word."""
    return bool(MARK.search(page if isinstance(page, bytes) else page.encode()))
