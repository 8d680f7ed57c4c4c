"""Article pages: HTML in; body, metadata, or the name of what stands in the way out."""
