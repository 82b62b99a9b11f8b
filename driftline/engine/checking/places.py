"""Where in the files at head the rows of a check stand."""

from functools import cache

import msgspec

from driftline.model.answers.check import CheckedRow, Forgotten
from driftline.sources.formats.fact_lines import fact_line
from driftline.sources.git import collect
from driftline.sources.git.revisions.collect import file_text

# Reading a file costs a process; nobody follows links to more files than these.
FILES_MAX = 100


class Places:
    """Finds lines in the files of one commit; each file is read once."""

    def __init__(self, repository: collect.Repository, ref: str) -> None:
        self._repository = repository
        self._ref = ref
        self._read = 0
        self._text = cache(self._text_of)

    def row(self, row: CheckedRow) -> CheckedRow:
        """The row with the place on the side that the change moved, else on either side."""
        first = "right" if row.moved_by_change == "right" else "left"
        second = "left" if first == "right" else "right"
        sides = (first, second) if row.moved_by_change != "both" else ("left", "right")
        for side in sides:
            file = getattr(row, f"{side}_file")
            if file is not None:
                path = (row.right_path or row.path) if side == "right" else row.path
                # What closed it is that the side now says what the other one said.
                says = side if row.effect != "closed" else "left" if side == "right" else "right"
                line = self.line(file, path, getattr(row, f"{says}_value"), row.role)
                return msgspec.structs.replace(row, file=file, line=line)
        return row

    def omission(self, one: Forgotten, file: str | None, missing_file: str | None) -> Forgotten:
        """What was forgotten, with the place of what moved and of what did not."""
        return msgspec.structs.replace(
            one,
            file=file,
            line=self.line(file, one.path, one.value, one.role) if file else None,
            missing_file=missing_file,
            missing_line=self.line(missing_file, one.missing_path, None, one.missing_role)
            if missing_file
            else None,
        )

    def line(self, file: str, path: str, value: object, name: str) -> int | None:
        """The line on which a fact of a file stands, or would stand."""
        text = self._text(file)
        if text is None:
            return None
        spelled = None if value is None else msgspec.json.encode(value).decode()
        return fact_line(file, text, path, value=spelled, name=name)

    def _text_of(self, file: str) -> str | None:
        if self._read >= FILES_MAX:
            return None
        self._read += 1
        data = file_text(self._repository, self._ref, file)
        if data is None:
            return None
        return data.decode("utf-8-sig", errors="replace")
