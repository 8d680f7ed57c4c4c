"""A watch on the rooms of `newsledger.extract`: how long each takes itself."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from functools import wraps
from types import FunctionType
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from newsledger.extract import pipeline
from newsledger.extract.model import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

P = ParamSpec("P")
T = TypeVar("T")
_ROOM = "newsledger.extract."
REST = "the rest"


class Watch:
    """Seconds by room; a call's time is its room's, but for what it spends in calls of other rooms."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._elsewhere = [0.0]

    def timed(self, room: str, function: Callable[P, T]) -> Callable[P, T]:
        """Give the function with its time put down to the room."""

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            self._elsewhere.append(0.0)
            began = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                took = time.perf_counter() - began
                self.seconds[room] += took - self._elsewhere.pop()
                self._elsewhere[-1] += took

        return call

    def start(self) -> None:
        """Watch what the pipeline calls, and the model wherever it is called."""
        watched = {
            function: self.timed(function.__module__.removeprefix(_ROOM).split(".")[0], function)
            for function in (*_functions(vars(pipeline)), *_functions(vars(reading)))
            if function.__module__ not in (pipeline.__name__, "newsledger.extract")
        }
        for name, module in list(sys.modules.items()):
            if name.startswith(_ROOM):
                for key, value in list(vars(module).items()):
                    if isinstance(value, FunctionType) and value in watched:
                        setattr(module, key, watched[value])
        for kind in vars(reading).values():
            if isinstance(kind, type) and kind.__module__ == reading.__name__:
                for function in _functions(vars(kind)):
                    setattr(kind, function.__name__, self.timed("model", function))


def _functions(names: Mapping[str, object]) -> list[FunctionType]:
    """List the functions of the extract stage that people may call."""
    return [
        value
        for key, value in list(names.items())
        if isinstance(value, FunctionType) and value.__module__.startswith(_ROOM) and not key.startswith("_")
    ]
