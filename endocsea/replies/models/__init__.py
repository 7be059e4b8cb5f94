from .answers import Answer, AnswerQuerySet, AnswerTranslation, AnswerVersion, Reply
from .clearing import Cleared, SectionSigned
from .evidence import Evidence, File
from .links import Link
from .offers import OfferTaken
from .talking import Comment, Wish
from .voices import Voice, VoiceAnswer

__all__ = [
    "Answer",
    "AnswerQuerySet",
    "AnswerTranslation",
    "AnswerVersion",
    "Cleared",
    "Comment",
    "Evidence",
    "File",
    "Link",
    "OfferTaken",
    "Reply",
    "SectionSigned",
    "Voice",
    "VoiceAnswer",
    "Wish",
]
