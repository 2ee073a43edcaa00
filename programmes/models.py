"""The tables of this floor, so that Django finds them."""

from programmes.areas.models import Area, Edition, Indicator, Measurement
from programmes.giveback.models import GiveBack, Intervention, Seizure

__all__ = ["Area", "Edition", "GiveBack", "Indicator", "Intervention", "Measurement", "Seizure"]
