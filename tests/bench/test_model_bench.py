"""The measurement of the model itself: it reads what it says, in processes of their own."""

from bench.model import measure


def test_each_process_tells_its_pace_its_start_and_its_memory() -> None:
    found = measure(2)
    assert len(found) == 2
    assert all(one["pace"] > 0 and one["loaded"] > 0 and one["peak"] > 0 for one in found)
