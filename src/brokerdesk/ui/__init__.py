"""The window; knows Qt and speaks to the core in frozen values."""
