"""Feed documents of every kind: bytes in, entries out; how they are found and listed."""
