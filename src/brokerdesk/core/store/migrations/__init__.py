"""Every change of the schema since the first release, run in code on the desk's own engine."""
