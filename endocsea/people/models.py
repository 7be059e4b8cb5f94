import datetime
import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from endocsea.states.models import State
from endocsea.support.actors import Role


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        """An account; without a password nobody can sign in with one."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.full_clean()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """An account, named by its e-mail address. The journal knows it by ``key`` alone."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @property
    def journal_id(self) -> str:
        return f"person:{self.key}"

    def roles(self, *, on: datetime.date, state: str | None = None) -> frozenset[Role]:
        """The roles held on a day. A role for one state does not count for another."""
        held = self.appointments.filter(since__lte=on).filter(Q(until=None) | Q(until__gte=on))
        if state is not None:
            held = held.filter(Q(state=None) | Q(state__iso3=state))
        return frozenset(Role(role) for role in held.values_list("role", flat=True))


class Appointment(models.Model):
    """A role that a person holds from a day until a day, for one state or for the programme."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appointments")
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=[(role.value, role.value) for role in Role if role not in (Role.CONTENT, Role.PREVIEW)],
    )
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = (
            models.CheckConstraint(
                name="appointment_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("An appointment ends after it begins."),
            ),
            models.CheckConstraint(
                name="appointment_of_a_state_names_it",
                condition=~Q(role__in=("coordinator", "team")) | Q(state__isnull=False),
                violation_error_message=_("A coordinator or team member is appointed for a state."),
            ),
        )
