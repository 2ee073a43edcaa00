"""The separate signer of the log: the one room that holds the log's key. Who seals what is not here."""
