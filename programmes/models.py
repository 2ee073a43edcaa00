"""The tables of this floor, so that Django finds them."""

from programmes.areas.models import Area, Indicator, Measurement

__all__ = ["Area", "Indicator", "Measurement"]
