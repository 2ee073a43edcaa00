"""A covenant as an ODRL 2.2 agreement in JSON-LD with DPV terms, and back: `to_odrl`, `from_odrl`.

The profile is described in docs/uitwisseling.md. Not here: the document itself (schema.py), storing anything.
"""

from agreements.policy.odrl.exporting import to_odrl
from agreements.policy.odrl.importing import from_odrl
from agreements.policy.odrl.terms import CONTEXT, PROFILE

__all__ = ["CONTEXT", "PROFILE", "from_odrl", "to_odrl"]
