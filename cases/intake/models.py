"""The tables of signals. What was seen stands as sealed words in the signal's own file (a Case in state draft)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.records.models import SealedWords


class Channel(models.TextChoices):
    """Who reported."""

    PROFESSIONAL = "professional", _("Professional")
    RESIDENT = "resident", _("Bewoner")


class SignalState(models.TextChoices):
    """What became of a signal."""

    NEW = "new", _("Nieuw")
    IN_TRIAGE = "in_triage", _("In triage")
    LINKED = "linked", _("Gekoppeld aan een casus")
    FORWARDED = "forwarded", _("Doorgestuurd")
    DISMISSED = "dismissed", _("Afgesloten")
    MERGED = "merged", _("Samengevoegd")


OPEN = (SignalState.NEW, SignalState.FORWARDED)
"""A signal that waits for its handler."""


class Reply(models.TextChoices):
    """What a resident hears back: one of these sentences, never anything of a case (HAV-GEBIED art. 10)."""

    NONE = "", _("Nog geen antwoord")
    LOOKED = "looked", _("Wij hebben ernaar gekeken.")
    ACTED = "acted", _("Wij hebben er iets mee gedaan.")
    PASSED_ON = "passed_on", _("Een andere organisatie pakt dit op.")
    NOTHING = "nothing", _("Wij kunnen hier nu niets mee doen.")


class Signal(models.Model):
    """A report that may lead to triage (domain: Signaal).

    file: its own case file, in phase signal and state draft until triage opens it; what was seen are the words in
    it (Report: signal_summary, signal_place, signal_person …), given by the reporting agency, and for a resident by
    the agency that takes it over (domain 3). handler: the agency that must act on it. kind: a choice code of
    signal_domain. linked_case: the case it belongs to. receipt: HMAC of the code by which a resident comes back.
    destroy_on: the day on which a signal without a follow-up must be gone (BGS art. 1.16(1)(a)).
    neighbourhood: of a signal about a place, if the reporter chose one: only to count it by; a person's has none.
    judged_at: when triage of its case was decided; heard_at: when who reported it read that it was.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=32, unique=True)
    file = models.OneToOneField("cases.Case", models.CASCADE, related_name="signal")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    kind = models.CharField(max_length=24)
    urgency = models.CharField(max_length=12)
    neighbourhood = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=12, choices=SignalState.choices, default=SignalState.NEW)
    handler = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    reported_by = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    linked_case = models.ForeignKey("cases.Case", models.SET_NULL, null=True, blank=True, related_name="signals")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    submission = models.UUIDField(null=True, blank=True, unique=True)
    receipt = models.CharField(max_length=64, null=True, blank=True, unique=True)
    reply = models.CharField(max_length=12, choices=Reply.choices, default=Reply.NONE, blank=True)
    destroy_on = models.DateField(null=True, blank=True, db_index=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["handler", "state", "-received_at"], name="signals_to_handle")]
        constraints = [models.CheckConstraint(name="signal_state_known", condition=Q(state__in=SignalState.values))]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether it waits for its handler."""
        return self.state in OPEN


class Report(SealedWords):
    """Words in a signal: what was seen, what was added later, how to reach the reporter, why it was dismissed.

    `case` is the signal's own file. A contact is never among the words that anybody but intake asks for.
    """

    class Sort(models.TextChoices):
        """What the words are."""

        REPORT = "report", _("Melding")
        ADDITION = "addition", _("Aanvulling")
        CONTACT = "contact", _("Bereikbaarheid melder")
        DISMISSAL = "dismissal", _("Reden van afsluiten")

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="reports")
    sort = models.CharField(max_length=10, choices=Sort.choices)

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["signal", "submission"], condition=Q(submission__isnull=False), name="one_report_a_submission"
            )
        ]


class SignalPhoto(models.Model):
    """A photo that came with words of a signal: a file in the same case file, as a value of the same field."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="photos")
    attachment = models.OneToOneField("cases.Attachment", models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"photo of report {self.report_id}"


class SignalStep(models.Model):
    """What was done with a signal, by which agency, and towards what. Codes and references only."""

    class Kind(models.TextChoices):
        """What was done."""

        REPORTED = "reported", _("Gemeld")
        ADDED = "added", _("Aangevuld")
        FORWARDED = "forwarded", _("Doorgestuurd")
        MERGED = "merged", _("Samengevoegd met een ander signaal")
        TOOK_IN = "took_in", _("Ander signaal hierbij gevoegd")
        LINKED = "linked", _("Gekoppeld aan een casus")
        IN_TRIAGE = "in_triage", _("In triage genomen")
        DISMISSED = "dismissed", _("Afgesloten")
        REPLIED = "replied", _("Melder beantwoord")
        JUDGED = "judged", _("Beoordeeld in triage")

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    to = models.ForeignKey("agreements.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    other = models.ForeignKey(Signal, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d}"
