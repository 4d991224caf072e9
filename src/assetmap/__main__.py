"""``python -m assetmap`` does what ``assetmap`` does."""

from __future__ import annotations

from assetmap.cli import main

if __name__ == "__main__":
    main()
