"""Proofs that take longer than a test may: quality against gold sets, speed, memory. Not in the wheel."""
