"""The tables of this room: what one partner asks another, how it was answered, and notes. All words are sealed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.records.models import SealedWords


class RequestState(models.TextChoices):
    """Where a request stands. All but the first and the last follow from what was given, nobody chooses them."""

    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Beantwoord")
    PARTLY = "partly", _("Deels beantwoord")
    REFUSED = "refused", _("Niet gegeven")
    WITHDRAWN = "withdrawn", _("Ingetrokken")


class Ground(models.TextChoices):
    """Why something that was asked for was not given."""

    NO_GROUND = "no_ground", _("Geen grond om dit te delen")
    NOT_KNOWN = "not_known", _("Bij ons niet bekend")
    SECRECY = "secrecy", _("Beroepsgeheim")
    INVESTIGATION = "investigation", _("Lopend onderzoek")
    OTHER_LAW = "other_law", _("Een andere wettelijke grond")


class Request(SealedWords):
    """A partner asks another for fields, with why and until when (bevraging; values: request_text).

    fields: hex mask of what is asked for; given: of that, what was given when it was settled.
    answers: uids of the contributions that gave it. Who may know that it exists: cases.requests.rights.
    """

    asked_agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    fields = models.CharField(max_length=64)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    given = models.CharField(max_length=64, blank=True)
    answers = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="request_state_known", condition=Q(state__in=RequestState.values)),
            models.CheckConstraint(
                name="request_settled_with_a_moment",
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & Q(settled_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["source", "submission"], condition=Q(submission__isnull=False), name="one_request_a_submission"
            ),
        ]
        indexes = [
            models.Index(fields=["asked_agency", "due_on"], condition=Q(state="open"), name="open_requests_of_agency"),
            models.Index(fields=["given_at"], name="requests_by_day"),
            models.Index(fields=["settled_at"], condition=Q(settled_at__isnull=False), name="requests_by_settling"),
        ]


class Reply(SealedWords):
    """Why not everything was given, by the agency that was asked (values: case_note).

    It always holds words: without its own, those of the ground. So who may not read the words learns no ground.
    """

    request = models.OneToOneField(Request, models.CASCADE, related_name="reply")
    ground = models.CharField(max_length=16, choices=Ground.choices, blank=True)
    in_own_words = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(name="ground_known", condition=Q(ground__in=["", *Ground.values]))]


class Note(SealedWords):
    """An aside in the joint case (values: case_note); `heard` keeps it to the own agency."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "submission"], condition=Q(submission__isnull=False), name="one_note_a_submission"
            )
        ]
        indexes = [models.Index(fields=["given_at"], name="notes_by_day")]
