"""manage.py prune_journal: what of the journal is past its term; with --run, does what two officers agreed on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from audit.pruning import commands, queries
from audit.pruning.compacting import compact
from audit.pruning.models import PruneRun
from audit.pruning.terms import OTHERS, terms_at
from foundation import clock


class Command(BaseCommand):
    """Without --run nothing is changed. An interrupted run goes on where it was."""

    help = "Toont wat in het logboek ouder is dan zijn bewaartermijn; met --run wordt het goedgekeurde opgeschoond."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--run", action="store_true", help="voer uit wat twee privacy officers goedkeurden")
        parser.add_argument("--batch", type=int, default=commands.BATCH, help="regels per transactie")
        parser.add_argument("--no-compact", action="store_true", help="herschrijf de tabellen een andere keer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit code 0."""
        terms = terms_at(clock.now())
        if not options["run"]:
            due = queries.due(terms)
            for purpose, term in sorted(terms.items()):
                name = purpose if purpose != OTHERS else "alle andere doelen"
                entries, parts = term.entries.date(), term.parts.date()
                self.stdout.write(f"{name}: regels van voor {entries}, persoonlijke delen van voor {parts}")
            self.stdout.write(f"Ouder dan hun termijn: {due.entries} regels, {due.parts} met persoonlijke delen.")
            self.stdout.write("Er is niets gewijzigd. Opschonen begint op de pagina Integriteit, met twee officers.")
            return
        approved = list(PruneRun.objects.filter(done_at=None).exclude(approved_at=None))
        if not approved:
            self.stdout.write("Er is niets goedgekeurd.")
        for run in approved:
            done = commands.carry_out(run, batch=options["batch"])
            self.stdout.write(f"{run.uid}: {done.entries} regels en {done.parts} persoonlijke delen zijn weg.")
            if not options["no_compact"]:
                compact()
