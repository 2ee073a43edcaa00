"""Agencies, the people who work there, and the keys of their systems. Rights in a case are not here."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from agreements.parties.rules import BUREAU_TYPES, AgencyType
from foundation import clock


class Agency(models.Model):
    """A legal entity that can be party to a covenant."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    type = models.CharField(_("soort"), max_length=3, choices=AgencyType.choices)
    oin = models.CharField(_("organisatie-identificatienummer"), max_length=20, unique=True)
    name = models.CharField(_("naam"), max_length=120)
    name_en = models.CharField(_("naam in het Engels"), max_length=120, blank=True)
    monogram = models.CharField(_("monogram"), max_length=4)
    contact_email = models.EmailField(_("e-mailadres"), blank=True)

    class Meta:
        verbose_name = _("organisatie")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="agency_type_known", condition=Q(type__in=AgencyType.values)),
            models.CheckConstraint(name="agency_oin_digits", condition=Q(oin__regex=r"^[0-9]{20}$")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_bureau(self) -> bool:
        """Whether this is a Zorg- en Veiligheidshuis: it runs the process and owns no facts."""
        return self.type in BUREAU_TYPES

    def name_in(self, language: str) -> str:
        """The name in a language; Dutch where no other was given."""
        return (self.name_en if language.startswith("en") else "") or self.name


class Professionals(BaseUserManager["Professional"]):
    """What Django needs to find a professional by the address they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "Professional":
        return self.get(email__iexact=username)


class Theme(models.TextChoices):
    """Light, dark, or what the device says."""

    AUTO = "auto", _("Zoals mijn apparaat")
    LIGHT = "light", _("Licht")
    DARK = "dark", _("Donker")


class Professional(AbstractBaseUser):
    """A person who signs in. Has no rights by itself: those come with a membership, and end with it.

    There are no groups, staff flags or superusers: nothing here is a way into case data.
    """

    # Sign-ins are journalled; a column would be a second, changeable account of them.
    last_login = None

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=120)
    job_title = models.CharField(_("functie"), max_length=120, blank=True)
    job_title_en = models.CharField(_("functie in het Engels"), max_length=120, blank=True)
    language = models.CharField(
        _("taal"), max_length=2, default="nl", choices=[("nl", "Nederlands"), ("en", "English")]
    )
    theme = models.CharField(_("weergave"), max_length=6, choices=Theme.choices, default=Theme.AUTO)
    is_active = models.BooleanField(_("actief"), default=True)
    demo_key = models.CharField(max_length=40, unique=True, null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = Professionals()

    class Meta:
        verbose_name = _("professional")
        verbose_name_plural = _("professionals")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="professional_email_lower", condition=Q(email=Lower("email"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """How the journal knows this person."""
        return f"professional:{self.uuid}"

    def title_in(self, language: str) -> str:
        """The job title in a language; Dutch where no other was given."""
        return (self.job_title_en if language.startswith("en") else "") or self.job_title


class DemoCard(models.Model):
    """The line on the sign-in page that says what to look at as this persona. Demo only."""

    professional = models.OneToOneField(Professional, models.CASCADE, related_name="demo_card")
    position = models.PositiveSmallIntegerField(default=0)
    look_at_nl = models.CharField(max_length=200)
    look_at_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.look_at_nl

    def look_at_in(self, language: str) -> str:
        """The line in a language; Dutch where no other was given."""
        return (self.look_at_en if language.startswith("en") else "") or self.look_at_nl


class InForce(models.QuerySet[Any]):
    """Rows with a term [starts, ends)."""

    def in_force(self) -> "InForce":
        """Included if, and only if, starts <= now < ends; a row without an end has no last moment."""
        moment = clock.now()
        return self.filter(Q(ends=None) | Q(ends__gt=moment), starts__lte=moment)


class Membership(models.Model):
    """Somebody works at an agency, in these roles, from `starts` until `ends` (exclusive)."""

    professional = models.ForeignKey(Professional, models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")
    roles = models.JSONField(default=list)
    starts = models.DateTimeField(default=clock.now)
    ends = models.DateTimeField(null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        ordering = ["agency__name", "starts"]
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_start", condition=Q(ends=None) | Q(ends__gte=F("starts"))
            ),
            models.UniqueConstraint(
                name="membership_one_open", fields=["professional", "agency"], condition=Q(ends=None)
            ),
        ]
        indexes = [models.Index(name="membership_of", fields=["professional", "agency", "starts"])]

    def __str__(self) -> str:
        return f"{self.professional_id} @ {self.agency_id}"


class ClientKey(models.Model):
    """A public key with which a partner's system asks for access tokens. Source: RFC 7523."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="client_keys")
    kid = models.CharField(max_length=128, unique=True)
    jwk = models.JSONField()
    starts = models.DateTimeField(default=clock.now)
    ends = models.DateTimeField(null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(
                name="client_key_ends_after_start", condition=Q(ends=None) | Q(ends__gte=F("starts"))
            ),
        ]

    def __str__(self) -> str:
        return self.kid


class UsedAssertion(models.Model):
    """An assertion that was exchanged once; the unique row is what refuses its second use."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    jti = models.CharField(max_length=128)
    expires = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="assertion_used_once", fields=["agency", "jti"])]

    def __str__(self) -> str:
        return self.jti
