"""The pages: each shows frozen values of one place or one step and asks the services for the rest."""
