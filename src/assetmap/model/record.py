"""What every record shares: frozen, no unknown fields, and columns that describe themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Annotated, Any, ClassVar, Self, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assetmap.errors import DataProblem, DataProblems, UnusableInput
from assetmap.model.cells import cell_text, is_blank
from assetmap.model.misread import misread

__all__ = ["Column", "Record", "attribute_of", "col", "columns", "key_of", "plain_type"]


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of one column of a table.

    Attributes
    ----------
    name : str
        Canonical English heading.
    description : str
        What it means, in one English sentence.
    unit : str or None
        Unit of the value, where it has one.
    refers_to : tuple of str
        Tables that the ids in this column come from; empty for a plain value.
    after : tuple of str
        Those of these tables that only count where no other of them has the id or name.
    soft : bool
        An id that is not there is a warning, not an error (area codes).
    personal : bool
        The value says something about a person and never appears in a message.
    starter : bool
        The column stands in the four-sheet starter workbook.
    required : bool
        A row without it cannot be used.
    """

    name: str
    description: str
    unit: str | None = None
    refers_to: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    soft: bool = False
    personal: bool = False
    starter: bool = False
    required: bool = False


def col(
    description: str,
    *,
    default: Any = None,
    least: float | None = None,
    most: float | None = None,
    **facts: Any,
) -> Any:
    """Describe one column; ``facts`` are the further fields of :class:`Column`.

    ``...`` as default makes the column required; ``least`` and ``most`` bound a number.
    """
    extra: dict[str, Any] = {"column": facts}
    return Field(default, description=description, ge=least, le=most, json_schema_extra=extra)


def _plain_init(init: Callable[..., None]) -> Callable[..., None]:
    """Mark an ``__init__`` that only checks, so that pydantic need not go through it for a row."""
    init.__dict__["__pydantic_base_init__"] = True
    return init


class _Hidden:
    """Stands for a value that is not shown."""

    def __repr__(self) -> str:
        return "…"


_HIDDEN = _Hidden()


class Record(BaseModel):
    """One row of one table: frozen, checked, every field described.

    What is wrong with it is raised as :class:`~assetmap.errors.DataProblems`, which never holds
    what stood there. As text and in a notebook a personal field that is filled is shown as ``…``.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        populate_by_name=True,
        alias_generator=lambda name: name.rstrip("_"),
    )

    @model_validator(mode="before")
    @classmethod
    def _blank_is_unknown(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if not is_blank(value)}

    table: ClassVar[str]
    """Canonical English name of the table."""
    key: ClassVar[str | None] = None
    """The column that holds the row's own id, if the table has one."""
    only_id: ClassVar[bool] = False
    """Whether nothing but the id is shown, as text and in a notebook."""

    @_plain_init
    def __init__(self, /, **data: Any) -> None:
        """Make a record of cells or values, all of them checked.

        Raises
        ------
        DataProblems
            Everything that is wrong with it, by column.

        Examples
        --------
        >>> from assetmap.errors import DataProblems
        >>> from assetmap.model import Person
        >>> try:
        ...     Person(person="p1", walks_m="far", minor="perhaps")
        ... except DataProblems as error:
        ...     print([(p.code, p.column) for p in error.problems])
        [('not-yes-no', 'minor'), ('not-a-number', 'walks_m')]
        """
        wrong = self._wrong(lambda: super(Record, self).__init__(**data))
        if wrong:
            del data
            raise DataProblems(wrong)

    @classmethod
    def _wrong(cls, make: Callable[[], object]) -> tuple[DataProblem, ...]:
        """Return what is wrong; the error that holds the values is let go of."""
        try:
            make()
        except ValidationError as error:
            return misread(error, cls, (cls.table, None))
        return ()

    @classmethod
    def model_validate(cls, obj: Any, **how: Any) -> Self:
        """Make a record of a mapping, or check one; like making it by name.

        Raises
        ------
        DataProblems
            Everything that is wrong with it, by column.
        """
        return cls._made(lambda: super(Record, cls).model_validate(obj, **how))

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **how: Any) -> Self:
        """Make a record of a JSON object; like :meth:`model_validate`."""
        return cls._made(lambda: super(Record, cls).model_validate_json(json_data, **how))

    @classmethod
    def _made(cls, make: Callable[[], Self]) -> Self:
        made: list[Self] = []
        wrong = cls._wrong(lambda: made.append(make()))
        if wrong:
            raise DataProblems(wrong)
        return made[0]

    @classmethod
    def read(cls, cells: Mapping[str, object]) -> Self:
        """Make a record of the cells of a row, for the readers, which give problems a place.

        Raises
        ------
        ValidationError
            What is wrong; it holds the cells, so it goes no further than the reader.
        """
        made: Self = cls.__pydantic_validator__.validate_python(cells)
        return made

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse: a record does not change."""
        text = f"A record cannot be changed; replace({name}=...) makes a changed copy."
        raise UnusableInput(text)

    @property
    def id(self) -> str | None:
        """The row's own id; None in tables that have no key."""
        return getattr(self, self.key) if self.key is not None else None

    def cells(self) -> dict[str, str]:
        """Return the row as canonical cell texts, blank cells left out.

        Examples
        --------
        >>> from assetmap.model import Person
        >>> Person(person="p1", walks_m="200").cells()
        {'person': 'p1', 'walks_m': '200'}
        """
        return {
            name.rstrip("_"): cell_text(value)
            for name in type(self).model_fields
            if (value := getattr(self, name)) is not None
        }

    def value(self, column: str) -> Any:
        """Return the value under a column heading (``from`` and ``except`` are Python words)."""
        return getattr(self, attribute_of(column))

    def replace(self, **changes: Any) -> Self:
        """Return a changed copy, checked like a new record.

        Examples
        --------
        >>> from assetmap.model import Person
        >>> Person(person="p1").replace(area="north").area
        'north'
        """
        values = {n: getattr(self, n) for n in type(self).model_fields}
        return type(self).model_validate({**values, **changes})

    def __repr_args__(self) -> Iterator[tuple[str, Any]]:
        """Yield what is shown as text."""
        for column, name in zip(columns(type(self)), type(self).model_fields, strict=True):
            value = getattr(self, name)
            if column.name == self.key or not (self.only_id or column.personal):
                yield name, value
            elif column.personal and not self.only_id:
                yield name, value if value is None else _HIDDEN

    def _repr_html_(self) -> str:
        shown = {name.rstrip("_"): value for name, value in self.__repr_args__()}
        rows = "".join(
            f"<tr><th scope='row'>{escape(name)}</th><td>{escape(text)}</td></tr>"
            for name, value in shown.items()
            if value is not None and (text := "…" if value is _HIDDEN else cell_text(value))
        )
        return f"<table><caption>{escape(self.table)}</caption>{rows}</table>"


def attribute_of(column: str) -> str:
    """Return the name of the attribute that holds a column (``from_`` for ``from``)."""
    return f"{column}_" if column in {"from", "except"} else column


@cache
def plain_type(record: type[Record], column: str) -> type | None:
    """Return the plain type of a column; None where a cell is more than one plain value."""
    annotation = record.model_fields[attribute_of(column)].annotation
    options = [_bare(a) for a in (get_args(annotation) or (annotation,)) if a is not type(None)]
    return options[0] if len(options) == 1 and isinstance(options[0], type) else None


def _bare(annotation: Any) -> Any:
    """Drop what ``Annotated`` adds to a type."""
    return annotation.__origin__ if get_origin(annotation) is Annotated else annotation


@cache
def columns(record: type[Record]) -> tuple[Column, ...]:
    """Return the columns of a table, in the order of the file format.

    Examples
    --------
    >>> from assetmap.model import Visit
    >>> [column.name for column in columns(Visit)]
    ['visit', 'date', 'area', 'street', 'reached', 'outcome']
    """
    found = []
    for name, info in record.model_fields.items():
        extra = info.json_schema_extra
        facts = extra.get("column", {}) if isinstance(extra, dict) else {}
        found.append(
            Column(name.rstrip("_"), info.description or "", required=info.is_required(), **facts)  # type: ignore[arg-type]
        )
    return tuple(found)


def key_of(record: type[Record]) -> str | None:
    """Return the name of the key column, or None."""
    return record.key
