"""BrokerDesk: care brokerage on a council laptop, offline, encrypted, with the evidence kept by itself."""

__version__ = "0.1.0"
