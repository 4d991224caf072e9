"""Write docs/reference/categories.md from the shipped tree: `python docs/make_categories.py`.

A test compares the page with what this makes, so that it cannot go stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assetmap.categories import Category, Tree, answers_text, shipped

PAGE = Path(__file__).parent / "reference" / "categories.md"

HEAD = """# Categories

What people offer and ask, from general to finer. `assetmap.categories.shipped()` is this tree; a
team adds rows of its own in the table `categories` (see [tables](tables.md)), and `Tree.extend`
checks them. What is not stated comes from the parent.

```python
>>> from assetmap.categories import Category, shipped
>>> tree = shipped()
>>> tree.find("Hond uitlaten"), tree.suggest("boodschapen")
('dog_walking', 'shopping')
>>> tree.answer("community_dinner", "company")
80
>>> tree.extend([Category(id="chess", parent="games", name_nl="schaakclub")]).label("chess", "nl")
'schaakclub'

```

`Category` is one row, with the choices `Distance`, `Where` and `Domain`; `Tree` looks up
(`tree["meal"]`, `children`, `ancestors`, `label`), finds (`find`, `suggest`, `may_be_safety`) and
compares (`answer`, `answering`). `answers_from_text` and `answers_text` read and write the column
`answers`.

## What answers what
A degree is a whole percentage, the best over these ways:

1. the same category: 100; a general offer for a finer need: 80 % for each step down; a finer
   offer for a general need: 60 % for each step up; two kinds of the same thing do not answer each
   other;
2. a stated degree in the column *answers*, which everything finer inherits, for the category it
   names, and 60 % for each step up from there; what is finer than it is not answered (a walk is
   company, but no flea market). Only one stated degree is used, never a chain.
   One that names a category higher up replaces the 60 % for that category only.

Products are rounded half up, once. A safety category, and one that is not in the tree, answers
nothing and is answered by nothing.

## Finding and suggesting
`find` knows ids, labels and synonyms in both languages; capitals, accents, spaces and hyphens do
not matter; it never guesses. `suggest` names the nearest for a person to accept. A text that may
be about safety, misspelt or inside a sentence, is never suggested a harmless category
(`may_be_safety`).

## The tree
*Who travels*: where the help happens. *Marks*: **group** an initiative goes before a neighbour
one does not know; **reserved** for professionals; **safety** never matched, counted or shared.
*Domain*: blank belongs to both tables.

| id | Dutch | English | answers | distance | who travels | domain | marks | bring together |
|---|---|---|---|---|---|---|---|---|
"""


def page(tree: Tree) -> str:
    """Return the whole page.

    Parameters
    ----------
    tree : Tree
        The tree to show.

    Returns
    -------
    str
        Markdown.
    """
    return HEAD + "".join(f"{row}\n" for root in tree.roots for row in rows(tree, root))


def rows(tree: Tree, name: str) -> Iterator[str]:
    """Yield the row of a category and of everything below it.

    Parameters
    ----------
    tree : Tree
        The tree.
    name : str
        Id of the category.

    Yields
    ------
    str
        One row of the table.
    """
    depth = len(tree.ancestors(name))
    yield "| " + " | ".join(cells(tree[name], depth)) + " |"
    for child in tree.children(name):
        yield from rows(tree, child)


def cells(category: Category, depth: int) -> list[str]:
    """Return the cells of one row.

    Parameters
    ----------
    category : Category
        What to show.
    depth : int
        Steps below the top.

    Returns
    -------
    list of str
        The cells.
    """
    facts = {
        "group": category.group_first,
        "reserved": category.reserved,
        "safety": category.safety,
    }
    return [
        "– " * depth + f"`{category.id}`",
        category.name_nl,
        category.name_en,
        answers_text(category.answers).replace("|", ","),
        str(category.distance),
        str(category.at),
        str(category.domain or ""),
        ", ".join(name for name, holds in facts.items() if holds),
        ", ".join(category.parties),
    ]


if __name__ == "__main__":
    PAGE.write_text(page(shipped()), encoding="utf-8")
