"""Enters the report per covenant among the exports of the log."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from agreements.covenants.models import Covenant
from audit.exports.kinds import Asked, Kind, enter
from cases.reports import counts


def covenants() -> list[tuple[str, str]]:
    """Every covenant, by code."""
    rows = Covenant.objects.order_by("code").values_list("code", "title")
    return [(code, f"{code} · {title}") for code, title in rows]


def _finish(asked: Asked, pieces: Iterable[bytes]) -> bytes:
    # Here, so that only the worker loads the typesetting.
    from cases.reports.paper import sealed_report

    return sealed_report(asked, pieces)


def enter_report() -> None:
    """Called once, from AppConfig.ready."""
    enter(
        Kind(
            code="covenant_report",
            label=_("Maandrapport per convenant, ondertekende PDF"),
            note=_("Inzages in hele tientallen: per organisatie, artikel en doel; noodtoegang en weigeringen."),
            media="application/pdf",
            extension="pdf",
            total=counts.days,
            step=counts.step,
            finish=_finish,
            covenants=covenants,
        )
    )
