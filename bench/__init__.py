"""Side-by-side speed: what a broker waits for, against what she would use instead; `python -m bench`."""
