"""The trained core of extraction: one small encoder that tells names, attributions and events."""
