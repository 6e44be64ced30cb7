"""Everything BrokerDesk knows about the field; knows no screen."""
