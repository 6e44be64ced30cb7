"""Letters on paper: reportlab and pyHanko live here and nowhere else."""
