"""What a phone is told when its line is closed, per close code."""

from django.utils.translation import gettext_lazy as _

from realtime.live import protocol

SENTENCES = {
    protocol.ENDED: _("Uw recht op dit kanaal is geëindigd. Wat op dit toestel stond, is gewist."),
    protocol.NOT_SIGNED_IN: _("U bent niet meer aangemeld. Meld u opnieuw aan."),
    protocol.NOT_YOURS: _("Dit kanaal bestaat niet voor u, of het is gesloten."),
    protocol.TOO_FAST: _("U stuurt te veel. Wacht even en maak opnieuw verbinding."),
    protocol.TOO_MANY: _("Het is te druk. Uw toestel probeert het zo opnieuw."),
}
