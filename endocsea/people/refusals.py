"""What can stand in the way of an invitation, an appointment or a handover."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from endocsea.support.refusals import Refusal


class MayNot(Refusal):
    code = "people.may-not"
    sentence = _("Your roles do not include this deed.")
    remedy = _("Ask the secretariat, or the coordinator of the state.")


class AddressUnclear(Refusal):
    code = "people.address-unclear"
    sentence = _("“%(address)s” is no e-mail address.")
    remedy = _("Write it as name@example.org.")


class NoMemberThatDay(Refusal):
    code = "people.no-member-that-day"
    sentence = _("%(state)s is no member of the Council of Europe on %(day)s.")
    remedy = _("Choose a day of its membership, or leave the state out.")


class HasCoordinator(Refusal):
    code = "people.has-coordinator"
    sentence = _("%(state)s has a coordinator from %(day)s on.")
    remedy = _("Hand over: name the new coordinator in place of the present one.")


class SpeaksForAnother(Refusal):
    code = "people.speaks-for-another"
    sentence = _("This person speaks for %(state)s, and nobody speaks for two states at a time.")
    remedy = _("End that role first (a new one can begin the day after), or invite somebody else.")


class LastAdministrator(Refusal):
    code = "people.last-administrator"
    sentence = _("This is the last administrator: without one nobody could let people in.")
    remedy = _("Invite another administrator first, and wait until they have accepted.")


class AdministratorThere(Refusal):
    code = "people.administrator-there"
    sentence = _("There is an administrator already, who can invite others.")
    remedy = _("Ask for an invitation.")


class NoSuchAdministrator(Refusal):
    code = "people.no-such-administrator"
    sentence = _("There is no administrator with an open account of the address %(address)s.")
    remedy = _(
        "Look at the address. Whoever is no administrator is let in on the site: People, Let in again."
    )


class AccountsThere(Refusal):
    code = "people.accounts-there"
    sentence = _(
        "This data folder has accounts or invitations already: people for training go into an empty one."
    )
    remedy = _("Leave --training-people out, or choose a new folder with --data FOLDER.")


class NoTrainingStates(Refusal):
    code = "people.no-training-states"
    sentence = _("There are no made-up states here, for which people for training could speak.")
    remedy = _("Leave --without-training out.")


class HoldsRole(Refusal):
    code = "people.holds-role"
    sentence = _("This person holds the role already.")
    remedy = _("Nothing needs to be done.")


class RoleOver(Refusal):
    code = "people.role-over"
    sentence = _("This role has ended already, on %(day)s.")
    remedy = _("Open the list again to see how it stands.")


class RoleTakenBack(Refusal):
    code = "people.role-taken-back"
    sentence = _("This role was taken back meanwhile, before it began.")
    remedy = _("Open the list again to see how it stands.")


class AllCapabilities(Refusal):
    code = "people.role-for-all-capabilities"
    sentence = _("This role is held for all capabilities, not for some.")
    remedy = _("Leave the capabilities out.")


class AlreadyInvited(Refusal):
    code = "people.already-invited"
    sentence = _("%(address)s is invited to this role already, and has not accepted yet.")
    remedy = _("Send that invitation again, or withdraw it first.")


class LetterNotSent(Refusal):
    code = "people.letter-not-sent"
    sentence = _("The invitation is kept, but the letter to %(address)s could not be sent.")
    remedy = _("Send it again from the list of people; if that fails too, ask whoever runs this site.")


class LinkNotSent(Refusal):
    code = "people.link-not-sent"
    sentence = _("What was lost no longer works, but the letter to %(address)s could not be sent.")
    remedy = _("Let them in again once more; if that fails too, ask whoever runs this site.")


class RoleWithoutState(Refusal):
    code = "people.role-without-state"
    sentence = _("This role is held for a state, and none was named.")
    remedy = _("Name the state.")


class RoleOfTheProgramme(Refusal):
    code = "people.role-of-the-programme"
    sentence = _("This role is held for the programme, not for one state.")
    remedy = _("Leave the state out.")


class LinkUnknown(Refusal):
    code = "people.link-unknown"
    sentence = _("This link belongs to no invitation that is open.")
    remedy = _(
        "Ask whoever invited you, or the secretariat, for a new one: a link works once, and for two weeks."
    )


class NotWaiting(Refusal):
    code = "people.invitation-closed"
    sentence = _("This invitation has been accepted, withdrawn, or changed by somebody else meanwhile.")
    remedy = _("Open the list again to see how it stands.")


class OwnAccountOnly(Refusal):
    code = "people.own-account-only"
    sentence = _("This link was sent to %(email)s, and you are signed in with another address.")
    remedy = _("Sign out first, or ask for an invitation to your own address.")


class SignInFirst(Refusal):
    code = "people.sign-in-first"
    sentence = _("The address that this link was sent to has an account.")
    remedy = _("Sign in with it first, then open the link again.")


class PasswordTooWeak(Refusal):
    code = "people.password-too-weak"
    sentence = _("This password cannot be used: %(why)s")
    remedy = _("Choose another one, best a few words that only you put together.")


class StillHoldsRole(Refusal):
    code = "people.holds-roles-still"
    sentence = _("This person still holds a role.")
    remedy = _("End the roles first, so that somebody else takes over what is open.")
