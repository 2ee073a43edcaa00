"""Who was affected by which fields: what a notification of a data breach needs (AVG art. 33 and 34)."""
