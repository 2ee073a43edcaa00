"""Why a signature is refused: a code for the journal, a sentence and a remedy for the person. Deciding: place.py."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.errors import Refused

_ANEW = _("Vraag de houder van het concept de versie opnieuw voor te leggen.")

WHY: dict[str, tuple[str | Promise, str | Promise]] = {
    "membership_ended": (
        _("U werkt niet meer voor deze organisatie."),
        _("Vraag de beheerder van de organisatie om een rol."),
    ),
    "not_signatory": (
        _("Alleen een tekenbevoegde tekent namens uw organisatie."),
        _("Vraag het de tekenbevoegde van uw organisatie."),
    ),
    "no_place": (
        _("Uw organisatie heeft geen plaats onder deze versie."),
        _("Wil zij partij worden, vraag dan toetreding bij Partijen."),
    ),
    "not_offered": (
        _("Deze versie ligt nog niet ter ondertekening."),
        _("Wacht tot de houder van het concept haar voorlegt."),
    ),
    "offer_withdrawn": (_("Deze versie is teruggehaald en kan niet meer worden getekend."), _ANEW),
    "already_signed": (
        _("Uw organisatie heeft deze versie al getekend."),
        _("U hoeft niets te doen; uw handtekening staat bij Handtekeningen."),
    ),
    "already_agreed": (
        _("Deze versie is al door alle partijen getekend."),
        _("Een handtekening erbij kan niet meer; zij staat vast."),
    ),
    "covenant_ended": (
        _("Partijen hebben dit convenant beëindigd."),
        _("Begin een nieuw convenant."),
    ),
    "party_left": (
        _("Uw organisatie heeft dit convenant opgezegd nadat deze versie was voorgelegd."),
        _ANEW,
    ),
    "version_passed": (
        _("Een latere versie is al getekend, of begint op hetzelfde moment of later."),
        _("Leg een versie voor met een hoger nummer die daarna begint."),
    ),
    "term_over": (
        _("De looptijd van deze versie is voorbij."),
        _("Leg een versie voor met een nieuwe looptijd."),
    ),
    "other_bytes": (
        _("De tekst die u zag is niet de tekst die hier ter ondertekening ligt."),
        _("Open de versie opnieuw, lees haar en teken dan."),
    ),
    "circle_changed": (
        _("Andere partijen tekenden met een andere lijst van partijen."),
        _ANEW,
    ),
    "bad_signature": (
        _("De handtekening klopt niet."),
        _("Onderteken de verklaring die u bij deze versie ophaalt, met uw geregistreerde sleutel (ES256)."),
    ),
    "statement_differs": (
        _("De verklaring die u tekende is niet die van deze versie en deze plaats."),
        _("Haal de verklaring opnieuw op; alleen mandaat en tijdstip zijn aan u."),
    ),
    "signed_at_off": (
        _("Het tijdstip in de verklaring ligt niet in het laatste kwartier."),
        _("Haal de verklaring opnieuw op en onderteken haar meteen."),
    ),
}


class SignatureRefused(Refused):
    """This person cannot sign this version now. why: a key of WHY, or one of KeyRefused."""

    code = "signature_refused"
    is_recorded = True

    def __init__(self, why: str) -> None:
        sentence, remedy = WHY[why]
        super().__init__(str(sentence), remedy=str(remedy))
        self.why = why
