"""Errors that a user can mend: each ends the program with one clear line and exit status 2."""


class NewsledgerError(Exception):
    """Anything the user can mend; the message says what is wrong, where, and what to do about it."""


class ConfigError(NewsledgerError):
    """A configuration that can't be used."""


class InputError(NewsledgerError):
    """A file, a date or an argument that can't be used."""


class StoreError(NewsledgerError):
    """A database that can't be used: missing, damaged, of a newer schema, no space left."""


class BusyError(StoreError):
    """Another process is writing; the message names it."""


class QueryError(NewsledgerError):
    """A query that was refused or that failed."""
