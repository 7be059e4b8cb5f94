"""Every place where a person's words are kept, as the chapters declare them; and every text column that is none.

The quarantine destroys and hides by this table. A test holds the columns of the database against it, so that a new
one cannot be forgotten: it is declared in its chapter's module ``entered``, or listed here with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from endocsea.findings import entered as findings
from endocsea.people import entered as people
from endocsea.quarantine import entered as quarantine
from endocsea.questionnaires import entered as questionnaires
from endocsea.replies import entered as replies

PLACES: Final = (
    *quarantine.PLACES,
    *people.PLACES,
    *questionnaires.PLACES,
    *replies.PLACES,
    *findings.PLACES,
)

FROM_THE_PACK: Final = (
    "comes from the content pack, which is reviewed before it is loaded and says where it stands"
)
NO_WORDS: Final = "a code, a day, a number or a digest, and no words of anybody"
ASKED: Final = "what is asked: written by the secretariat to be read by every state"
OF_THE_ACCOUNT: Final = "lets a person in, and goes with the erasure of the account"
OF_THE_JOURNAL: Final = (
    "in the chain for good, and names no person; facts that somebody wrote go with their text"
)

# by reason and model
NOT_ENTERED: Final[Mapping[str, Mapping[str, str]]] = {
    OF_THE_JOURNAL: {
        "journal.Entry": "deed about_kind about_key doer_digest particulars_digest previous link",
        "journal.Doer": "salt actor role",
        "journal.Particulars": "salt person text",
    },
    OF_THE_ACCOUNT: {
        "people.Person": "password email",
        "people.Invitation": "email language token_digest",
    },
    NO_WORDS: {
        "quarantine.Report": "kind key post",
        "quarantine.Destroyed": "salt digest",
        "findings.Observation": "code as_of",
        "questionnaires.Questionnaire": "code",
        "questionnaires.Version": "digest digest_of_all",
        "questionnaires.Share": "questions",
        "replies.Answer": "question language",
        "replies.AnswerVersion": "language",
        "replies.AnswerTranslation": "language",
        "replies.Evidence": "language",
        "replies.File": "digest",
        "replies.Comment": "question language",
        "replies.Wish": "language",
        "replies.VoiceAnswer": "question language",
        "replies.OfferTaken": "question offer",
        "replies.SectionSigned": "section",
        "replies.Cleared": "checksum",
        "replies.Link": "token_digest browser_digest",
        "sources.Copy": "media digest",
        "sources.Domain": "name",
        "profiles.Run": "method input_digest",
        "profiles.Level": "dimension weakest",
    },
    ASKED: {
        "questionnaires.Questionnaire": "title",
        "questionnaires.Version": "written",
    },
    FROM_THE_PACK: {
        "states.Programme": "code name",
        "states.ProgrammeFact": "group key value note",
        "states.State": "iso3 iso2 slug name official_name languages summary note",
        "states.Part": "note",
        "states.ReportingChannel": "name kind organisation url phones languages network as_of confirmed_by",
        "states.Metric": "code name caveat",
        "states.Figure": "place unit",
        "states.Outline": "code path",
        "standards.Instrument": "code slug number kind title short_title opened body benchmark",
        "standards.Capability": "name arena outcome",
        "standards.Provision": "article slug title obligation verified",
        "standards.TreatyStatus": "status action reservations as_of verified known_by note checked_by",
        "standards.Edition": "code method",
        "standards.Indicator": "code question levels options unit guidance evidence theme source",
        "standards.LegalLine": "note",
        "standards.Term": "term definition advice instead",
        "questionnaires.Round": "code name languages reminders",
    },
}
# of every record that comes from the pack
OF_EVERY_RECORD: Final = ("content_key", "content_hash")


def not_entered() -> Iterator[str]:
    for models in NOT_ENTERED.values():
        for model, columns in models.items():
            for column in columns.split():
                yield f"{model}.{column}"
