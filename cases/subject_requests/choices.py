"""The closed lists of this room: what is asked, by whom, where it stands, and why something is withheld."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the person asks (AVG art. 15-18 and 21; Wpg art. 25 and 28)."""

    ACCESS = "access", _("Inzage")
    RECTIFICATION = "rectification", _("Correctie")
    ERASURE = "erasure", _("Wissen")
    RESTRICTION = "restriction", _("Beperking")
    OBJECTION = "objection", _("Bezwaar")


HELD_AT_ONCE = {Kind.RESTRICTION: "restriction", Kind.OBJECTION: "objection"}
"""Kinds that hold all that a source gave about the person, and the code of that hold (AVG art. 18(1)(d), 21(1))."""

HELD_BY_ITEM = {Kind.RECTIFICATION: "restriction", Kind.ERASURE: "restriction"}
"""Kinds that hold what is disputed, one contribution at a time (AVG art. 18(1)(a) and (b))."""

ARTICLES = {
    Kind.ACCESS: "AVG art. 15",
    Kind.RECTIFICATION: "AVG art. 16",
    Kind.ERASURE: "AVG art. 17",
    Kind.RESTRICTION: "AVG art. 18",
    Kind.OBJECTION: "AVG art. 21",
}


class Asker(models.TextChoices):
    """Who asks."""

    PERSON = "person", _("De persoon zelf")
    REPRESENTATIVE = "representative", _("Een vertegenwoordiger")


class IdentityCheck(models.TextChoices):
    """How it was made sure who asks. No copy of a document is kept (AVG art. 5(1)(c), 12(6))."""

    DESK = "desk", _("Aan de balie, met een geldig legitimatiebewijs")
    EID = "eid", _("Met DigiD of eHerkenning")
    KNOWN = "known", _("Bekend bij een medewerker die de persoon begeleidt")
    QUESTIONS = "questions", _("Met controlevragen, en terugbellen op een bekend nummer")


class State(models.TextChoices):
    """Where a request stands."""

    INTAKE = "intake", _("Ontvangen, identiteit nog niet vastgesteld")
    SEARCHING = "searching", _("Uitgezet bij de organisaties")
    DECIDING = "deciding", _("Organisaties beslissen")
    READY = "ready", _("Alle organisaties hebben beslist")
    HANDED_OUT = "handed_out", _("Uitgereikt")
    REFUSED = "refused", _("Geweigerd")


OPEN = (State.INTAKE, State.SEARCHING, State.DECIDING, State.READY)
AT_WORK = (State.SEARCHING, State.DECIDING, State.READY)
CLOSED = (State.HANDED_OUT, State.REFUSED)


class Decision(models.TextChoices):
    """What a controller decides about one thing that it holds: for access, or for erasure."""

    GIVE = "give", _("Verstrekken")
    WITHHOLD = "withhold", _("Niet verstrekken")
    ERASE = "erase", _("Wissen")
    KEEP = "keep", _("Niet wissen")


class Ground(models.TextChoices):
    """On what law something is withheld, or not erased (AVG art. 17(1)(a) and 17(3))."""

    UAVG41_SECURITY = "uavg41_security", _("Veiligheid of opsporing (art. 41 lid 1 a-d UAVG, art. 23 AVG)")
    UAVG41_OVERSIGHT = "uavg41_oversight", _("Toezicht of inspectie (art. 41 lid 1 h UAVG, art. 23 AVG)")
    OTHERS = "others", _("Rechten en vrijheden van anderen (art. 15 lid 4 AVG, art. 41 lid 1 i UAVG)")
    WPG27 = "wpg27", _("Politietaak of opsporing (art. 27 Wpg)")
    WORKING_NOTES = "working_notes", _("Persoonlijke werkaantekening (art. 7:454 BW)")
    STILL_NEEDED = "still_needed", _("Nog nodig voor het doel (art. 17 lid 1 a AVG)")
    DUTY = "duty", _("Wettelijke plicht of publieke taak (art. 17 lid 3 b AVG)")
    HEALTH = "health", _("Volksgezondheid (art. 17 lid 3 c AVG)")
    ARCHIVE = "archive", _("Archivering of onderzoek (art. 17 lid 3 d AVG)")
    CLAIM = "claim", _("Rechtsvordering (art. 17 lid 3 e AVG)")


DECISIONS = {
    Kind.ACCESS: (Decision.GIVE, Decision.WITHHOLD),
    Kind.ERASURE: (Decision.ERASE, Decision.KEEP),
}
"""Kinds in which each contribution is decided on: the decision that does what is asked, and the one that does not."""

GROUNDS = {
    Decision.WITHHOLD: (
        Ground.UAVG41_SECURITY, Ground.UAVG41_OVERSIGHT, Ground.OTHERS, Ground.WPG27, Ground.WORKING_NOTES,
    ),
    Decision.KEEP: (
        Ground.STILL_NEEDED, Ground.DUTY, Ground.HEALTH, Ground.ARCHIVE, Ground.CLAIM, Ground.UAVG41_SECURITY,
        Ground.UAVG41_OVERSIGHT, Ground.OTHERS, Ground.WPG27,
    ),
}  # fmt: skip
"""Decisions that need a ground, and the grounds that fit them."""


class Outcome(models.TextChoices):
    """What a controller answers to a request that is not for access."""

    GRANTED = "granted", _("Ingewilligd")
    PARTLY = "partly", _("Deels ingewilligd")
    REFUSED = "refused", _("Afgewezen")
    NOTHING = "nothing", _("Wij verwerken geen gegevens van deze persoon")


class PackState(models.TextChoices):
    """How far the making of a pack is."""

    QUEUED = "queued", _("In de wachtrij")
    RUNNING = "running", _("Bezig")
    DONE = "done", _("Klaar")
    FAILED = "failed", _("Mislukt")


BUSY = (PackState.QUEUED, PackState.RUNNING)
