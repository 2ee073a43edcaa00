"""Reviews of break-glass on the workbench: what waits for this officer, with its deadline."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.journal.reading import Officer
from audit.oversight.sources import Waiting, supply_source
from audit.reviews.reading import waiting


def supply_reviews() -> None:
    """Put them on the workbench; called once, from AppConfig.ready."""
    supply_source("reviews", waiting_on_the_bench)


def waiting_on_the_bench(officer: Officer) -> Iterator[Waiting]:
    """The acts that wait for this officer's own judgement, soonest deadline first."""
    for line in sorted(waiting(officer.visitor), key=lambda line: line.deadline):
        yield Waiting(
            title=_("Beoordeel noodtoegang"), url=reverse("review", args=[line.uid]), since=line.opened_at,
            who=line.reader_ref, agency=line.agency_ref, case=line.case_ref, due=line.deadline,
        )  # fmt: skip
