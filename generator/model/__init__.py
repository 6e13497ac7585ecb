"""Typed records: dates, amounts, references and the kinds built from them."""
