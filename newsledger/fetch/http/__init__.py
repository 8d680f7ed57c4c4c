"""The network: bounded, polite requests to public addresses, and each failure with a name."""
