"""The encrypted database; SQLAlchemy lives here and nowhere else."""
