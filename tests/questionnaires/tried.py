"""How the deeds on questionnaires are tried from every chair: what is sent, and how one sees that they were done."""

from django.core import signing

from endocsea.questionnaires.models import Questionnaire, Version
from endocsea.questionnaires.views.importing import SALT
from endocsea.questionnaires.views.languages import salt
from endocsea.standards.models import Edition

QUESTIONNAIRES = "workspace/questionnaires/"
# the core set, which no round uses yet
VERSION = {"code": "core-2020", "number": 1, "one": 1, "two": 1, "path": "C1", "language": "fr"}


def made(route):
    """The blanks of the address, what is sent there, and whether it was done."""
    version = Version.objects.get(content_key="2020 core")
    edition, revision = Edition.objects.get(code="2020").pk, version.revision

    def changed():
        version.refresh_from_db()
        return version.revision != revision

    if route.endswith("/build/"):
        sent = {"edition": edition, "scope": "core", "code": "tried", "title_en": "Tried"}
        return {}, sent, Questionnaire.objects.filter(code="tried").exists
    if route.endswith("/import/take/"):
        given = {"into": "", "edition": edition, "code": "tried", "note": "", "instead": False}
        kept = {"form": version.written, "given": given, "title": {"en": "Tried"}, "shown": {}}
        return {}, {"kept": signing.dumps(kept, salt=SALT)}, Questionnaire.objects.filter(code="tried").exists
    if route.endswith("/next/"):
        blanks = {**VERSION, "code": "full-2020"}
        return blanks, {}, Version.objects.filter(questionnaire__code="full-2020", number=2).exists
    if route.endswith("/languages/take/"):
        kept = {"language": "sr", "texts": {"#title": "Питања"}, "made_from": {}, "seen": revision}
        sent = {"kept": signing.dumps(kept, salt=salt("core-2020", 1)), "take": ["#title"]}
        return VERSION, sent, changed
    return VERSION, {"seen": revision, "deed": "remove", "down": "C1"}, changed
