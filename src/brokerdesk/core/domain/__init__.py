"""The nouns and rules of care brokerage: standard library only."""
