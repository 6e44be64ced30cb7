"""One module per change of the schema, never edited after its release."""
