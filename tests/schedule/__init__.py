"""Tests of the package assetmap.schedule."""
