"""How days and times read in Dutch: "24 nov 2026", months in small letters."""

DATE_FORMAT = "j b Y"
DATETIME_FORMAT = "j b Y H:i"
SHORT_DATETIME_FORMAT = "j b H:i"
MONTH_DAY_FORMAT = "j b"
