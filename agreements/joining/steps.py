"""Which steps parties can take on a running covenant, and who may take each. Pure; the facts are in place.py.

A step is a chain of conditions, read from the first: what is said is the first that does not hold.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SIGNATORY, COUNSEL = "signatory", "legal_counsel"
CONTROLLER, BUREAU = "controller", "bureau"


class Step(TextChoices):
    """What can be done. A button says the label."""

    ACCEDE = "accede", _("Vraag toetreding")
    AGREE = "agree", _("Stem in")
    REFUSE = "refuse", _("Stem niet in")
    TAKE_BACK = "take_back", _("Trek de vraag in")
    CARRY_OUT = "carry_out", _("Voer uit")
    WITHDRAW = "withdraw", _("Zeg op")
    REVOKE = "revoke", _("Trek de opzegging in")
    SUSPEND = "suspend", _("Schort op")
    RESUME = "resume", _("Hervat")
    END = "end", _("Stel beëindiging voor")
    REMIND = "remind", _("Herinner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a visit stands towards a covenant (and a motion) at a moment.

    capacity: "" when its agency is no party now. offered: the capacity that the text gives it; "" for none.
    needed, answered: its consent counts for the motion; it gave its answer. complete: nobody is awaited.
    signs: it has a place under the version that the step is about.
    """

    roles: frozenset[str]
    capacity: str = ""
    offered: str = ""
    rules: bool = False
    leaves: bool = False
    asked_before: bool = False
    ending_asked: bool = False
    suspended: bool = False
    suspender: bool = False
    contact_point: bool = False
    motion_open: bool = False
    asker: bool = False
    signs: bool = False
    needed: bool = False
    answered: bool = False
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One condition of a step: does it hold, what is said when not, and what to do then."""

    code: str
    holds: Callable[[Place], bool]
    sentence: str | Promise
    remedy: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who may take a step (in words), and its conditions in order. strong: it asks for a strong, fresh sign-in."""

    who: str | Promise
    links: tuple[Link, ...]
    strong: bool = True


_SIGNS = Link(
    code="not_a_signatory",
    holds=lambda place: SIGNATORY in place.roles,
    sentence=_("Alleen een tekenbevoegde zet deze stap."),
    remedy=_("Vraag het de tekenbevoegde van uw organisatie."),
)
_WORKS_WITH_COVENANTS = Link(
    code="not_a_signatory_or_counsel",
    holds=lambda place: bool(place.roles & {SIGNATORY, COUNSEL}),
    sentence=_("Alleen een tekenbevoegde of een jurist herinnert partijen."),
    remedy=_("Vraag het de jurist of de tekenbevoegde van uw organisatie."),
)
_RULES = Link(
    code="not_in_force",
    holds=lambda place: place.rules,
    sentence=_("Er geldt nu geen versie van dit convenant."),
    remedy=_("Deze stap kan zodra een getekende versie is begonnen."),
)
_IS_PARTY = Link(
    code="not_a_party",
    holds=lambda place: bool(place.capacity),
    sentence=_("Uw organisatie is nu geen partij bij dit convenant."),
    remedy=_("Kijk bij Partijen wie het wel is."),
)
_IS_CONTROLLER = Link(
    code="not_a_controller",
    holds=lambda place: place.capacity == CONTROLLER,
    sentence=_("Alleen een verwerkingsverantwoordelijke partij zet deze stap."),
    remedy=_("Vraag het de tekenbevoegde van een van die partijen."),
)
_MOTION_OPEN = Link(
    code="motion_closed",
    holds=lambda place: place.motion_open,
    sentence=_("Deze vraag is niet meer open."),
    remedy=_("Kijk bij Partijen hoe zij is afgelopen."),
)
_NEEDED = Link(
    code="not_asked",
    holds=lambda place: place.needed,
    sentence=_("Uw organisatie hoeft hiermee niet in te stemmen."),
    remedy=_("Bij de vraag staat van welke partijen de instemming nodig is."),
)
_NOT_ANSWERED = Link(
    code="answered_before",
    holds=lambda place: not place.answered,
    sentence=_("Uw organisatie gaf al antwoord."),
    remedy=_("Een antwoord staat vast. Trek zo nodig de vraag in en stel haar opnieuw."),
)
_IS_ASKER = Link(
    code="not_the_asker",
    holds=lambda place: place.asker,
    sentence=_("Alleen de organisatie die de vraag stelde trekt haar in."),
    remedy=_("Stem niet in als uw organisatie ertegen is; dan stopt de vraag ook."),
)
_ANSWERS = (_SIGNS, _MOTION_OPEN, _RULES, _NEEDED, _NOT_ANSWERED)

RULES: dict[Step, Rule] = {
    Step.ACCEDE: Rule(
        who=_("de tekenbevoegde van een organisatie die nu geen partij is en die de geldende versie als partij noemt"),
        links=(
            _SIGNS,
            _RULES,
            Link(
                code="party_already",
                holds=lambda place: not place.capacity,
                sentence=_("Uw organisatie is al partij bij dit convenant."),
                remedy=_("U hoeft niets te doen."),
            ),
            Link(
                code="not_named",
                holds=lambda place: bool(place.offered),
                sentence=_("De geldende versie noemt uw organisatie niet als partij."),
                remedy=_("De volgende versie moet u noemen. Vraag het de jurist van een partij."),
            ),
            Link(
                code="bureau",
                holds=lambda place: place.offered != BUREAU,
                sentence=_("Een bureau treedt niet zelf toe: het werkt voor een partij."),
                remedy=_("Laat het opnemen in de volgende versie."),
            ),
            Link(
                code="asked_before",
                holds=lambda place: not place.asked_before,
                sentence=_("Uw organisatie vroeg al om toetreding."),
                remedy=_("Wacht op de antwoorden, of trek de vraag in."),
            ),
        ),
    ),
    Step.AGREE: Rule(who=_("de tekenbevoegde van elke partij van wie de instemming nodig is"), links=_ANSWERS),
    Step.REFUSE: Rule(who=_("de tekenbevoegde van elke partij van wie de instemming nodig is"), links=_ANSWERS),
    Step.TAKE_BACK: Rule(
        who=_("de tekenbevoegde van de organisatie die de vraag stelde"), links=(_SIGNS, _MOTION_OPEN, _IS_ASKER)
    ),
    Step.CARRY_OUT: Rule(
        who=_("de tekenbevoegde van de organisatie die de vraag stelde"),
        links=(
            _SIGNS,
            _MOTION_OPEN,
            _RULES,
            _IS_ASKER,
            Link(
                code="consent_awaited",
                holds=lambda place: place.complete,
                sentence=_("Nog niet iedereen van wie de instemming nodig is, stemde in."),
                remedy=_("Herinner de partijen die nog niet antwoordden."),
            ),
        ),
    ),
    Step.WITHDRAW: Rule(
        who=_("de tekenbevoegde van de partij zelf"),
        links=(
            _SIGNS,
            _RULES,
            _IS_PARTY,
            Link(
                code="leaves_already",
                holds=lambda place: not place.leaves,
                sentence=_("Uw organisatie zegde al op."),
                remedy=_("Wilt u een andere laatste dag? Trek dan eerst de opzegging in."),
            ),
        ),
    ),
    Step.REVOKE: Rule(
        who=_("de tekenbevoegde van de partij die opzegde, tot de opzegging ingaat"),
        links=(
            _SIGNS,
            _RULES,
            _IS_PARTY,
            Link(
                code="does_not_leave",
                holds=lambda place: place.leaves,
                sentence=_("Uw organisatie heeft niet opgezegd, of de opzegging is al ingegaan."),
                remedy=_("Ging zij al in? Vraag dan opnieuw toetreding."),
            ),
        ),
    ),
    Step.SUSPEND: Rule(
        who=_("de tekenbevoegde van een verwerkingsverantwoordelijke partij"),
        links=(
            _SIGNS,
            _RULES,
            _IS_PARTY,
            _IS_CONTROLLER,
            Link(
                code="suspended_already",
                holds=lambda place: not place.suspended,
                sentence=_("Dit convenant is al opgeschort, of er staat een opschorting gepland."),
                remedy=_("Hervat het eerst."),
            ),
        ),
    ),
    Step.RESUME: Rule(
        who=_("de tekenbevoegde van de partij die opschortte, of van het contactpunt"),
        links=(
            _SIGNS,
            Link(
                code="not_suspended",
                holds=lambda place: place.suspended,
                sentence=_("Dit convenant is niet opgeschort."),
                remedy=_("U hoeft niets te doen."),
            ),
            _IS_PARTY,
            Link(
                code="not_the_suspender",
                holds=lambda place: place.suspender or place.contact_point,
                sentence=_("Alleen de partij die opschortte of het contactpunt hervat dit convenant."),
                remedy=_("Vraag het de tekenbevoegde van een van deze twee."),
            ),
        ),
    ),
    Step.END: Rule(
        who=_("de tekenbevoegde van een verwerkingsverantwoordelijke partij; alle andere stemmen in"),
        links=(
            _SIGNS,
            _RULES,
            _IS_PARTY,
            _IS_CONTROLLER,
            Link(
                code="ending_asked",
                holds=lambda place: not place.ending_asked,
                sentence=_("Er ligt al een voorstel om dit convenant te beëindigen."),
                remedy=_("Geef antwoord op dat voorstel."),
            ),
        ),
    ),
    Step.REMIND: Rule(
        who=_("een tekenbevoegde of jurist van een partij"),
        links=(
            _WORKS_WITH_COVENANTS,
            Link(
                code="not_involved",
                holds=lambda place: bool(place.capacity) or place.asker or place.signs,
                sentence=_("Uw organisatie is hierbij geen partij."),
                remedy=_("Alleen partijen herinneren elkaar."),
            ),
        ),
        strong=False,
    ),
}


def why_not(step: Step, place: Place) -> Link | None:
    """The first condition of the step that does not hold; None when it may be taken."""
    return next((link for link in RULES[step].links if not link.holds(place)), None)
