"""The errors that a user may see: each says what happened, where, and what to do."""

from pathlib import Path


class PreflightError(Exception):
    """Base of everything shown to a user; `where` is a file, row or field, `remedy` what to do about it."""

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.remedy}" if self.remedy else head

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way from a worker process to its parent."""
        return (_rebuild, (type(self), self.what, self.where, self.remedy))


def _rebuild(kind: type[PreflightError], what: str, where: str, remedy: str) -> PreflightError:
    return kind(what, where=where, remedy=remedy)


class UsageError(PreflightError):
    """An option, path or combination of them that cannot be used."""


class ListError(PreflightError):
    """A watch-list, seller file or other user data that is not what it should be."""


class UnreadableError(PreflightError):
    """A file that exists and cannot be read: a gap inside a run, exit 3 when it was named itself."""

    exit_code = 3


def read_named(path: Path) -> str:
    """The text of a file that the user named; ListError where there is none. A pipe is refused: it might never end."""
    try:
        if path.exists() and not path.is_dir() and not path.is_file():
            raise ListError("is not a regular file", where=str(path), remedy="Name a file")
        return path.read_text("utf-8-sig")
    except OSError as e:
        raise ListError(f"cannot be read ({e.strerror})", where=str(path)) from None
    except UnicodeDecodeError as e:
        raise ListError(f"is not UTF-8 (byte {e.start})", where=str(path), remedy="Save it as UTF-8") from None
