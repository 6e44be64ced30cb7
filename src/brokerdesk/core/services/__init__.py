"""The acts of the broker, one module per noun."""
