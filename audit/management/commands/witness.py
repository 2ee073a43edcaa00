"""The witness as a management command. What it does is in audit.witness; `python -m audit.witness` needs no Django."""

from audit.management.program import ProgramCommand
from audit.witness import __main__ as program


class Command(ProgramCommand):
    """manage.py witness --state DIR --key FILE [--init --name NAME | --policy FILE --port N]"""

    help = "Cosign checkpoints of a log that only grows (C2SP tlog-witness); --init makes the key."
    program = program
