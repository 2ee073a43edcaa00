"""The closed sets of words that triage uses, with their labels. No tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """How triage ends (domain 4). `more_info` is a pause of one round, not an end."""

    ADMIT = "admit", _("Toelaten")
    REFER_BACK = "refer_back", _("Terug naar één organisatie")
    REFER = "refer", _("Naar een ander netwerk")
    ADVICE = "advice", _("Advies zonder naam")
    MORE_INFO = "more_info", _("Eerst aanvullen")
    REJECT = "reject", _("Niet toelaten")
    DUPLICATE = "duplicate", _("Dubbel: er is al een casus")


class Step(models.TextChoices):
    """What a recorded step of triage is: a criterion of BGS 2.20(1), a filter passed, or a word on the outcome."""

    A = "a", _("Criterium a")
    B = "b", _("Criterium b")
    C = "c", _("Criterium c")
    D = "d", _("Criterium d")
    FILTER = "filter", _("Filter voorbij")
    FITS = "fits", _("Melding past bij het doel")
    PROPOSAL = "proposal", _("Voorstel")
    POSITION = "position", _("Standpunt")


CRITERIA = (Step.A, Step.B, Step.C, Step.D)


class Known(models.TextChoices):
    """What an agency answers to a known-check; "" is no answer yet. No content (domain 4)."""

    KNOWN = "known", _("Bij ons bekend")
    UNKNOWN = "unknown", _("Bij ons niet bekend")
    MAY_NOT_SAY = "may_not_say", _("Dat mogen wij niet zeggen")


class InformState(models.TextChoices):
    """Where informing a person stands."""

    PLANNED = "planned", _("Gepland")
    DONE = "done", _("Gedaan")
    POSTPONED = "postponed", _("Uitgesteld")


class Ground(models.TextChoices):
    """On what a source lets informing wait (BGS art. 1.3)."""

    GDPR = "AVG-14-5-b", _("AVG art. 14 lid 5 onder b: het zou het doel onmogelijk maken of ernstig schaden")
    NATIONAL = "UAVG-41", _("UAVG art. 41: veiligheid, opsporing of bescherming van anderen")
