"""Tagged, archival PDF: whatever is painted says what it is, or is refused."""
