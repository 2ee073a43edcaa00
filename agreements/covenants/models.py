"""Covenants, their versions, parties and signatures, and the number of the rules as they stand.

The migration that makes these tables must also guard them (GuardTable: covenant, covenantversion, party,
signature, suspension; history=False) and keep agreed versions as they are (guards.KeepVersions).
PolicyEpoch is not guarded: a change of it says nothing and only makes processes compile again.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.covenants.rules import State

_ENDS_LATER = Q(ends=None) | Q(ends__gt=F("starts"))


class Covenant(models.Model):
    """An agreement through its versions. `title`, `regime` and `bureau` are those of the newest version.

    ended_at: the moment at which the parties end it before its term, past or to come.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("titel"), max_length=200)
    regime = models.CharField(_("regime"), max_length=40)
    bureau = models.CharField(_("bureau"), max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("convenant")
        verbose_name_plural = _("convenanten")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class CovenantVersion(models.Model):
    """One version: the text as loaded, the same as canonical JSON, and its term [starts, ends).

    Once agreed it never changes, except that `ends` may come earlier: a later version or the parties
    end it. sha256 is that of `document`, which is what parties sign (RFC 8785).
    """

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("versie"))
    text = models.TextField()
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=State.choices)
    loaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("convenantversie")
        ordering = ["covenant", "number"]
        constraints = [
            models.UniqueConstraint(name="covenant_version_number", fields=["covenant", "number"]),
            models.UniqueConstraint(
                name="covenant_version_start", fields=["covenant", "starts"], condition=Q(state=State.AGREED)
            ),
            models.CheckConstraint(name="covenant_version_number_from_1", condition=Q(number__gte=1)),
            models.CheckConstraint(name="covenant_version_ends_after_start", condition=_ENDS_LATER),
            models.CheckConstraint(name="covenant_version_state_known", condition=Q(state__in=State.values)),
        ]

    def __str__(self) -> str:
        return f"{self.covenant_id} v{self.number}"


class Party(models.Model):
    """An agency is party to a covenant, in one capacity, in [starts, ends): accession to withdrawal.

    facts_stay: what it gave before `ends` stays readable in running cases, as the covenant's
    `withdrawal.running_cases` said when it left (domain, section 6). Else it goes back with the agency.
    """

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="parties")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="accessions")
    capacity = models.CharField(_("hoedanigheid"), max_length=16)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    facts_stay = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("partij")
        ordering = ["covenant", "starts", "pk"]
        constraints = [
            models.UniqueConstraint(name="party_once_open", fields=["covenant", "agency"], condition=Q(ends=None)),
            models.UniqueConstraint(name="party_start", fields=["covenant", "agency", "starts"]),
            models.CheckConstraint(name="party_ends_after_start", condition=_ENDS_LATER),
            models.CheckConstraint(
                name="party_capacity_known",
                condition=Q(capacity__in=["controller", "participant", "third_party", "bureau"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.covenant_id}"


class Signature(models.Model):
    """A place for a signature under one version; it stands when `signed_on` is filled.

    mandate: by what power this person signs. jws: ES256 over the statement of signing (agreements.signing);
    "" when the signature was set on paper and recorded here. certificate: PEM of the key that signed.
    declined_at, reason: the party said that it will not sign this version, and why.
    """

    version = models.ForeignKey(CovenantVersion, models.PROTECT, related_name="signatures")
    agency = models.ForeignKey("agreements.Agency", models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=16)
    signatory = models.CharField(_("ondertekenaar"), max_length=120, blank=True)
    mandate = models.CharField(_("mandaat"), max_length=200, blank=True)
    signed_on = models.DateField(_("getekend op"), null=True, blank=True)
    jws = models.TextField(blank=True)
    certificate = models.TextField(blank=True)
    professional = models.ForeignKey("agreements.Professional", models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ondertekening")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(name="signature_once", fields=["version", "agency"]),
            models.CheckConstraint(
                name="signature_names_signatory",
                condition=Q(signed_on=None) | ~Q(signatory="") & ~Q(mandate=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} under {self.version_id}"


class Suspension(models.Model):
    """In [starts, ends) no version of the covenant grants anything."""

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="suspensions")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reden"), max_length=240)

    class Meta:
        verbose_name = _("opschorting")
        ordering = ["covenant", "starts"]
        constraints = [
            models.UniqueConstraint(name="suspension_once_open", fields=["covenant"], condition=Q(ends=None)),
            models.CheckConstraint(name="suspension_ends_after_start", condition=_ENDS_LATER),
        ]

    def __str__(self) -> str:
        return f"{self.covenant_id} from {self.starts:%Y-%m-%d}"


class PolicyEpoch(models.Model):
    """The number of the rules as they stand: one row, moved by every change of a rule (see epoch.py).

    stamp: tells apart two sets of rules that had the same number because one was rolled back.
    """

    number = models.PositiveBigIntegerField()
    stamp = models.UUIDField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="policy_epoch_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.number)
