"""The API of this room: the same queries and commands as the pages, under the same path of disclosure."""

from ninja import Router

from agreements.parties.api import bearer

router = Router(tags=["relations"], auth=bearer)
