"""The pictures of docs/explanation are what the script draws today, and no page names one that is not there."""

import re
import runpy
from pathlib import Path

import pytest

from endocsea.assessment import engines

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "explanation").glob("*.md"))


@pytest.mark.skipif(engines.name() != "numba", reason="plain NumPy may round the last hundredth another way")
def test_each_picture_is_as_the_script_draws_it():
    drawn = runpy.run_path(str(ROOT / "tools" / "draw_method.py"))["draw"]()
    kept = {
        file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "docs/images/method").glob("*.svg")
    }

    assert {name: svg + "\n" for name, svg in drawn.items()} == kept


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_to_a_file_leads_somewhere(page):
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
