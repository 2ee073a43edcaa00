"""How far a paper is, as every API that makes papers tells it."""

from datetime import datetime

from ninja import Schema


class PaperOut(Schema):
    """state: queued, running, done or failed. gone_at: when it is erased."""

    uid: str
    state: str
    percent: int
    asked_at: datetime
    made_at: datetime | None
    gone_at: datetime | None
    problem: str
    remedy: str
    articles: str
    is_slow: bool
