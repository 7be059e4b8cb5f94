"""What the frame promises: locks without hosts, chapters that look up only, no path of a machine."""

import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import polib
import pytest

import endocsea
from endocsea.support.refusals import Refusal

ROOT = Path(endocsea.__file__).resolve().parents[1]
CHAPTERS = [
    name
    for layer in reversed(
        tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
    )
    for name in layer.split(" | ")
]


@pytest.mark.parametrize("lock", ["requirements/run.txt", "requirements/test.txt"])
def test_no_lock_names_a_host(lock):
    text = (ROOT / lock).read_text()

    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "index" not in "\n".join(line for line in text.splitlines() if line.startswith("-"))


def test_every_package_is_a_chapter_with_its_place():
    packages = {module.name for module in pkgutil.iter_modules(endocsea.__path__) if module.ispkg}

    assert packages == set(CHAPTERS)


REFERENCE = re.compile(
    r"""\{%\s*(?:url|include|extends)\s+["'](\w+)[:/]|reverse\(\s*["'](\w+):|render_to_string\(\s*["'](\w+)/"""
)


def test_templates_and_reversed_addresses_look_up_the_same_way_as_imports():
    """A chapter's templates and views name only addresses and parts of chapters before it, or its own."""
    wrong = []
    for chapter in CHAPTERS:
        allowed = set(CHAPTERS[: CHAPTERS.index(chapter) + 1])
        for file in (ROOT / "endocsea" / chapter).rglob("*"):
            if file.suffix in (".py", ".html"):
                named = {name for found in REFERENCE.findall(file.read_text()) for name in found if name}
                wrong += [(file.name, name) for name in named - allowed]

    assert not wrong


def test_the_check_of_the_story_refuses_an_import_downwards(tmp_path):
    """The contract itself: a chapter that imports a later one fails."""
    config = tmp_path / "setup.cfg"
    layers = "\n    ".join(reversed(CHAPTERS))
    config.write_text(
        "[importlinter]\nroot_package = endocsea\n\n[importlinter:contract:story]\nname = Upside down\n"
        f"type = layers\ncontainers = endocsea\nlayers =\n    {layers}\n"
    )
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", str(config)]
    kept = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    upside_down = "\n    ".join(CHAPTERS)
    config.write_text(config.read_text().replace(layers, upside_down))
    broken = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert kept.returncode == 0, kept.stdout
    assert broken.returncode == 1


TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
).stdout.split("\n")


def test_no_tracked_file_holds_a_path_of_a_machine():
    machine = re.compile(rb"(?<!\))/(?:home|root|work|Users)/\w|/tmp/\w|file:///")
    found = [
        name
        for name in TRACKED
        if name
        and (ROOT / name).is_file()
        and name != "tests/test_frame.py"
        and machine.search((ROOT / name).read_bytes())
    ]

    assert not found


def refusals():
    for module in pkgutil.walk_packages(endocsea.__path__, "endocsea."):
        if ".migrations" not in module.name and not module.name.endswith((".manage", ".wsgi", ".settings")):
            importlib.import_module(module.name)
    found, new = set(), {Refusal}
    while new:
        new = {child for kind in new for child in kind.__subclasses__()}
        found |= new
    return sorted(found, key=lambda kind: kind.code)


def test_every_refusal_has_a_code_a_sentence_a_remedy_and_is_explained_to_users():
    page = (ROOT / "docs" / "reference" / "refusals.md").read_text()
    kinds = refusals()

    assert len({kind.code for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert kind.sentence
        assert kind.remedy
        assert f"`{kind.code}`" in page


def test_the_compiled_french_is_the_written_french():
    folder = ROOT / "locale" / "fr" / "LC_MESSAGES"
    written = {
        (e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural
        for e in polib.pofile(str(folder / "django.po"))
        if e.translated()
    }
    compiled = {
        (e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in polib.mofile(str(folder / "django.mo"))
    }

    assert compiled == written


def test_every_sentence_of_the_interface_has_its_french():
    missing = [
        e.msgid
        for e in polib.pofile(str(ROOT / "locale/fr/LC_MESSAGES/django.po"))
        if not e.translated() and not e.obsolete
    ]

    assert not missing


def test_no_sentence_hides_from_translation_in_a_formatted_string():
    """The collector of sentences does not look into f-strings."""
    hidden = re.compile(r"""\bf["'].*\{n?_?p?(?:gettext)?\(['"]|\bf["'].*\{_\(""")
    found = [
        (file.name, line)
        for file in (ROOT / "endocsea").rglob("*.py")
        for line in file.read_text().splitlines()
        if hidden.search(line)
    ]

    assert not found
