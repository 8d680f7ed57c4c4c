"""The sections of a day: for each one query, and the reader that makes records of its rows."""
