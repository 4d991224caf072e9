"""assetmap."""
