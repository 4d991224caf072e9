"""Damaged and malicious inputs: made from good ones, and judged without the reader's help."""
