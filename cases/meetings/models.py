"""The tables of the joint meeting. Words said there are sealed and open by the one path; their limits are `heard`."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.records.models import SealedWords
from cases.records.sealed import SealedField


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("Gepland")
    RUNNING = "running", _("Bezig")
    ENDED = "ended", _("Afgelopen")
    CANCELLED = "cancelled", _("Afgezegd")


class ItemState(models.TextChoices):
    """Where an item of the agenda stands."""

    WAITING = "waiting", _("Wacht")
    RUNNING = "running", _("Nu")
    DONE = "done", _("Klaar")
    MOVED = "moved", _("Doorgeschoven")


class Answer(models.TextChoices):
    """What somebody who was invited answered."""

    NONE = "", _("Nog geen antwoord")
    ROOM = "room", _("Komt")
    LINK = "link", _("Belt in")
    NO = "no", _("Komt niet")


class Place(models.TextChoices):
    """How somebody is there."""

    ROOM = "room", _("In de zaal")
    LINK = "link", _("Via de verbinding")


class Stance(models.TextChoices):
    """What an agency thinks of a joint view or a decision."""

    AGREES = "agrees", _("Onderschrijft")
    DISSENTS = "dissents", _("Wijkt af")
    ABSTAINS = "abstains", _("Onthoudt zich")


class Meeting(models.Model):
    """A sitting of the joint meeting (casusoverleg). `title` and `place` name no persons.

    current: the item on the shared screen. revision: goes up with every change that a screen shows.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=120)
    lead = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=90)
    place = models.CharField(max_length=160, blank=True)
    link = models.URLField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    current = models.ForeignKey("cases.AgendaItem", models.SET_NULL, null=True, blank=True, related_name="+")
    revision = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.CheckConstraint(name="meeting_state_known", condition=Q(state__in=MeetingState.values))]

    def __str__(self) -> str:
        return f"meeting {self.uid}"


class Invitation(models.Model):
    """An agency that was asked to a meeting, whom it sends, and what was answered."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    professional = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=4, choices=Answer.choices, default=Answer.NONE, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "agency", "professional"], name="one_invitation_each"),
            models.UniqueConstraint(
                fields=["meeting", "agency"], condition=Q(professional=None), name="one_open_invitation"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class AgendaItem(models.Model):
    """One case in a meeting, or a point without a case (`title`, which names no persons).

    seconds_used: the time of earlier stretches; running_since: when the present one began.
    asked_by: until when the parties may prepare their view.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, blank=True, related_name="agenda_items")
    title = models.CharField(max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(default=15)
    asked_by = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.WAITING)
    running_since = models.DateTimeField(null=True, blank=True)
    seconds_used = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(name="item_state_known", condition=Q(state__in=ItemState.values)),
            models.CheckConstraint(name="item_has_a_subject", condition=~Q(case=None) | ~Q(title="")),
        ]

    def __str__(self) -> str:
        return f"agenda item {self.uid}"


class Attendance(models.Model):
    """Somebody present at one item, from `arrived_at` until `left_at`.

    Who comes in narrows the shared screen at once. Who left keeps it narrow until the chair confirms:
    `released_at` (domain 5.2; prototype, rule 6). guest: a person of a third party without an account here.
    """

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="attendances")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    professional = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    guest = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=4, choices=Place.choices, default=Place.ROOM)
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["arrived_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "agency", "professional"], condition=Q(left_at=None, guest=""), name="present_once"
            ),
            models.CheckConstraint(
                name="attendance_ends_after_it_begins",
                condition=Q(left_at=None) | Q(left_at__gte=models.F("arrived_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class SecrecyAcceptance(models.Model):
    """Somebody read the statement of secrecy for this meeting and accepted it (WGS art. 1.11)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="secrecy")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    professional = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    guest = models.CharField(max_length=120, blank=True)
    text_version = models.CharField(max_length=16)
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "agency", "professional", "guest"], name="accepted_once")
        ]

    def __str__(self) -> str:
        return f"secrecy {self.pk}"


class Picture(SealedWords):
    """What is seen in one life domain: an agency's own view, or the joint one (domain 5.4).

    values: agency_view or joint_view, and effect_score {domain: 1–5} where it was scored.
    domain: a part code of the field effect_score.
    """

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="pictures")
    domain = models.CharField(max_length=16)
    joint = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "domain", "source"], condition=Q(joint=False, withdrawn_at=None), name="one_view_each"
            ),
            models.UniqueConstraint(
                fields=["item", "domain"], condition=Q(joint=True, withdrawn_at=None), name="one_joint_view"
            ),
        ]


class Decision(SealedWords):
    """What the meeting settled on one item (values: decision_text). `number` counts within the case."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_number_a_decision")]
        indexes = [models.Index(fields=["given_at"], name="decisions_by_day")]


class Position(SealedWords):
    """What one agency thinks of a joint view or a decision (values: dissent_reason, or none)."""

    picture = models.ForeignKey(Picture, models.CASCADE, null=True, blank=True, related_name="positions")
    decision = models.ForeignKey(Decision, models.CASCADE, null=True, blank=True, related_name="positions")
    stance = models.CharField(max_length=8, choices=Stance.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="position_on_one_thing",
                condition=Q(picture=None, decision__isnull=False) | Q(decision=None, picture__isnull=False),
            ),
            models.UniqueConstraint(fields=["picture", "source"], name="one_position_on_a_view"),
            models.UniqueConstraint(fields=["decision", "source"], name="one_position_on_a_decision"),
        ]


class ParkedPoint(SealedWords):
    """Something for later (values: parked_point), until `resolved_at`."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="parked")
    resolved_at = models.DateTimeField(null=True, blank=True)


class TypedDraft(models.Model):
    """What is being typed in the joint view of one life domain, sealed, until it is saved as a Picture.

    Passing: one row a domain, no history and no guard; saving takes it away. client: the page that types, made there;
    seq: its last key press in here; base: the version of the Picture it was typed over (0: there was none).
    """

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="drafts")
    domain = models.CharField(max_length=16)
    values = SealedField()
    present = models.CharField(max_length=64)
    typist = models.ForeignKey("agreements.Membership", models.CASCADE, related_name="+")
    client = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    base = models.PositiveBigIntegerField(default=0)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "domain"], name="one_draft_a_domain")]

    def __str__(self) -> str:
        return f"draft {self.pk}"
