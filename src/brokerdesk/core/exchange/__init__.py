"""Files from and to the outside: every reader works in a child process."""
