"""Notices to who had a fact that it was corrected, withdrawn, erased or restricted (AVG art. 19, BGS art. 1.7)."""
