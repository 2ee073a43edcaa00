"""The tables of this floor, so that Django finds them."""

from programmes.areas.models import Area, Edition, Indicator, Measurement

__all__ = ["Area", "Edition", "Indicator", "Measurement"]
