"""All sentences that people read, in Dutch and English: facts in, sentence out.

Texts live in catalogues beside this package's code (``nl/*.toml``, ``en/*.toml``), apart from
logic. A section is read when its first sentence is asked for, and kept.
"""

from __future__ import annotations

from assetmap.texts.catalogue import catalogue_keys, say, sections, sentence_forms
from assetmap.texts.forms import (
    clock,
    count,
    day,
    language_name,
    listing,
    metres,
    moment,
    money,
    number,
)
from assetmap.texts.languages import Language, language
from assetmap.texts.tags import tag_name
from assetmap.texts.troubles import unusable, unusable_in
from assetmap.texts.windows import weekday, windows_text

__all__ = [
    "Language",
    "catalogue_keys",
    "clock",
    "count",
    "day",
    "language",
    "language_name",
    "listing",
    "metres",
    "moment",
    "money",
    "number",
    "say",
    "sections",
    "sentence_forms",
    "tag_name",
    "unusable",
    "unusable_in",
    "weekday",
    "windows_text",
]
