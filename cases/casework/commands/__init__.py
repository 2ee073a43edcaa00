"""Each write of casework: one function, one transaction, journalled."""

from cases.casework.commands.contribution import add_contribution, correct_contribution, withdraw_contribution

__all__ = ["add_contribution", "correct_contribution", "withdraw_contribution"]
