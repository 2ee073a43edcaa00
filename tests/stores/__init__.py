"""The stores that tests begin with, made once and copied: migrating one takes longer than most files of tests."""
