"""The window's parts: each a small module that takes frozen values and knows no service."""
