"""What two readings or two revisions of an article tell differently."""
