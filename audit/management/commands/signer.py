"""The signer of the log as a management command. What it does is in audit.signer."""

from audit.management.program import ProgramCommand
from audit.signer import __main__ as program


class Command(ProgramCommand):
    """manage.py signer --directory DIR [--init --origin NAME | --socket PATH]"""

    help = "Sign checkpoints of the log in a process that alone holds the key; --init makes that key."
    program = program
