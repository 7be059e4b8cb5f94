"""Where a question stands in a page."""


def anchor_of(path: str) -> str:
    return f"q-{path.replace('/', '-')}"
