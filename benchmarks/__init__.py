"""Timings of the generator; never part of the tests."""
