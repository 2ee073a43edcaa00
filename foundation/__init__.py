"""Words that every floor uses: no model, no address, no knowledge of the domain."""
