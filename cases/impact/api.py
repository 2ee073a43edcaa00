"""The API of what a draft would change in the caseload: the same queries and commands as the pages."""

from ninja import Router

from agreements.parties.api import bearer

router = Router(tags=["covenants"], auth=bearer)
