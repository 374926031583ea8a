"""The list of output formats: one line and one file each; it imports nothing, so that help is instant."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Where a format is made, and what is special about it.

    `binary` ones write bytes; `file_only` ones go to files alone; `people` ones follow the locale's language; `pictures` ones hold small
    copies of pictures; `console` ones are written as the console can, and -q leaves their counts.
    """

    module: str
    maker: str
    binary: bool = False
    file_only: bool = False
    people: bool = False
    pictures: bool = False
    console: bool = False


FORMATS: Mapping[str, Format] = {
    "text": Format(module="text", maker="TextReport", people=True, console=True),
    "jsonl": Format(module="jsonl", maker="JsonLines"),
    "json": Format(module="json_document", maker="JsonDocument"),
    "sarif": Format(module="sarif", maker="Sarif"),
    "junit": Format(module="junit", maker="JUnit"),
    "csv": Format(module="csv_table", maker="CsvTable"),
    "xlsx": Format(module="xlsx", maker="Workbook", binary=True, file_only=True, people=True),
    "html": Format(module="html", maker="Page", file_only=True, people=True, pictures=True),
    "markdown": Format(module="markdown", maker="Markdown", people=True),
    "github": Format(module="github", maker="Annotations"),
    "gitlab": Format(module="gitlab", maker="CodeQuality"),
}
ON_STDOUT = tuple(name for name, one in FORMATS.items() if not one.file_only)
