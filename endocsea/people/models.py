import datetime
import uuid
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from endocsea.standards.models import Capability
from endocsea.states.models import Part, State
from endocsea.support.actors import Actor, Role

from . import policies
from .rules import GIVEN, MAY_NAME_A_STATE, NAMES, SPEAK_FOR_A_STATE
from .standing import Standing

ROLES = [(role.value, NAMES[role]) for role in GIVEN]


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
    language = models.CharField(
        _("language"), max_length=2, choices=(("en", _("English")), ("fr", _("French"))), default="en"
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    here_at = models.DateTimeField(_("last at My work"), null=True, blank=True, editable=False)
    here_before_at = models.DateTimeField(
        _("at My work in the visit before"), null=True, blank=True, editable=False
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)

    objects = PersonManager()

    _stood: Standing | None = None

    USERNAME_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @property
    def journal_id(self) -> str:
        return f"person:{self.key}"

    def roles(self, *, on: datetime.date, state: str | None = None) -> frozenset[Role]:
        """The roles held on a day; of those for a single state only the ones for ``state``, if it is given."""
        return self.standing(on=on).roles(on=on, state=state)

    def speaks_for(self, *, on: datetime.date) -> frozenset[str]:
        """The states, by code, for which this person speaks on a day."""
        return self.standing(on=on).speaks_for(on=on)

    def standing(self, *, on: datetime.date) -> Standing:
        """Everything that this person is on a day.

        Being a member of the steering group follows from coordinating a focus or pilot state on that day, or
        from belonging to the secretariat.
        """
        # days are compared here: a query with conditions on them takes Django three times as long to write
        given = Appointment.objects.filter(person_id=self.pk).values_list(
            "role", "state__iso3", "since", "until"
        )
        held: set[tuple[Role, str | None]] = {
            (Role(role), state)
            for role, state, since, until in given
            if since <= on and (until is None or until >= on)
        }
        coordinated = [state for role, state in held if role is Role.COORDINATOR]
        if coordinated:
            parts = Part.objects.on(on).filter(state__iso3__in=coordinated)
            held |= {(Role.STEERING, state) for state in parts.values_list("state__iso3", flat=True)}
        if (Role.SECRETARIAT, None) in held:
            held.add((Role.STEERING, None))
        return Standing(self.journal_id, on, frozenset(held))

    def standing_once(self, *, on: datetime.date) -> Standing:
        """The same, read once for as long as this object lives: for a page, never for a deed."""
        if self._stood is None or self._stood.day != on:
            self._stood = self.standing(on=on)
        return self._stood


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def on(self, day: datetime.date) -> Self:
        """Those that hold on that day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def after(self, day: datetime.date) -> Self:
        """Those that hold on that day or will begin later."""
        return self.filter(Q(until=None) | Q(until__gte=day))

    def beyond(self, day: datetime.date) -> Self:
        """Those that do not end by that day: whose last day it is stands in nobody's way."""
        return self.filter(Q(until=None) | Q(until__gt=day))

    def visible_to(self, actor: Actor, *, on: datetime.date) -> Self:
        """The same as `policies.may_see_appointment`, for all of them."""
        if policies.may_see_people_of(actor, None, on=on):
            return self
        own = Q(person=actor) if isinstance(actor, Person) else Q(pk=None)
        return self.filter(
            own | Q(state__iso3__in=actor.speaks_for(on=on), role__in=sorted(SPEAK_FOR_A_STATE))
        )


class Appointment(models.Model):
    """A role that a person holds from a day until a day, for one state or for the programme.

    A team member may answer certain capabilities only, and a rapporteur review certain ones: with none named,
    all of them.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=20, choices=ROLES)
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    capabilities = models.ManyToManyField(Capability, related_name="+", blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

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
            models.CheckConstraint(
                name="appointment_names_a_state_where_a_role_has_one",
                condition=Q(state=None) | Q(role__in=sorted(MAY_NAME_A_STATE)),
                violation_error_message=_("This role is held for the programme, not for one state."),
            ),
            models.UniqueConstraint(
                name="one_coordinator_of_a_state_without_end",
                fields=("state",),
                condition=Q(role="coordinator", until=None),
                violation_error_message=_("This state has a coordinator already."),
            ),
        )


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> Self:
        """Those that were neither accepted nor withdrawn, the expired among them."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open(self, *, at: datetime.datetime) -> Self:
        """Those that can still be accepted, or wait for a confirmation."""
        return self.waiting().filter(Q(expires_at=None) | Q(expires_at__gt=at))

    def visible_to(self, actor: Actor, *, on: datetime.date) -> Self:
        """The same as `policies.may_see_invitation`, for all of them."""
        if policies.may_see_every_invitation(actor, on=on):
            return self
        found = Q(invited_by=actor) if isinstance(actor, Person) else Q(pk=None)
        found |= Q(role__in=[role for role in GIVEN if policies.may_invite(actor, role, on=on)])
        for state in actor.speaks_for(on=on):
            roles = [role for role in GIVEN if policies.may_nominate(actor, role, on=on, state=state)]
            found |= Q(role__in=roles, state__iso3=state)
        return self.filter(found)


class Invitation(models.Model):
    """An offer of a role to an e-mail address: nominated, confirmed, sent, and then accepted or not.

    The link in the letter is kept as a hash only: who reads the database cannot accept for somebody else.
    ``follows`` is the appointment that ends when this one is accepted (a handover). ``sent_by`` answers for the
    letter (nobody: it was sent from the machine itself): the link works as long as they may invite to the role.
    """

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=ROLES)
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    capabilities = models.ManyToManyField(Capability, related_name="+", blank=True)
    language = models.CharField(max_length=2, default="en")
    follows = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    nominated_at = models.DateTimeField(_("nominated at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    token_digest = models.CharField(max_length=64, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = (
            models.CheckConstraint(
                name="invitation_sent_only_after_confirmation",
                condition=Q(token_digest="") | Q(confirmed_at__isnull=False, expires_at__isnull=False),
                violation_error_message=_("An invitation is sent after it was confirmed, and expires."),
            ),
            models.CheckConstraint(
                name="invitation_accepted_or_withdrawn",
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                violation_error_message=_("An invitation is accepted or withdrawn, not both."),
            ),
            models.UniqueConstraint(
                name="invitation_link_is_its_own", fields=("token_digest",), condition=~Q(token_digest="")
            ),
        )
