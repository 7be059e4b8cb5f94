"""What is said at a question beside its answer, and the support that a state wishes for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from endocsea.support.actors import Role

from .answers import Reply
from .voices import Voice


class Comment(models.Model):
    """A remark or a question at one question of a reply. By whom is in the journal; here stands in which role.

    ``within`` says who reads it: the state's own people only, or those and the secretariat.
    """

    class Within(models.TextChoices):
        STATE = "state", _("our state only")
        SECRETARIAT = "secretariat", _("our state and the secretariat")

    ROLES = tuple((role.value, role.value) for role in Role)

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="comments")
    question = models.CharField(_("question"), max_length=240)  # its path in the round's form
    voice = models.ForeignKey(
        Voice, on_delete=models.CASCADE, related_name="comments", null=True, blank=True
    )  # what an organisation answered there: the state reacts to it
    to = models.ForeignKey("self", on_delete=models.CASCADE, related_name="answers", null=True, blank=True)
    role = models.CharField(_("in which role"), max_length=20, choices=ROLES)
    within = models.CharField(_("who reads it"), max_length=12, choices=Within)
    text = models.TextField(_("comment or question"))
    language = models.CharField(_("language"), max_length=12, blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = (
            models.CheckConstraint(
                name="a_comment_says_something",
                condition=~Q(text=""),
                violation_error_message=_("A comment says something."),
            ),
        )


class Wish(models.Model):
    """Support that a state asks for with its reply, and what came of it."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="wishes")
    text = models.CharField(_("support that we ask for"), max_length=500)
    language = models.CharField(_("language"), max_length=12, blank=True)
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    given = models.CharField(_("what was given"), max_length=500, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
