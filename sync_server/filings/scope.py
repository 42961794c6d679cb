"""What a phone is told of a filing (architecture, Sync).

Its own department's in full; of others' only what the gate needs, and only while it is open.
"""

from __future__ import annotations

from shared_models.filing import FilingLine
from shared_models.merging import is_open


def scoped_line(line: FilingLine, department: str) -> FilingLine | None:
    """The line as an officer's phone of this department may see it; null where it may not."""
    if department in line.departments:
        return line
    if not is_open(line):
        return None
    return FilingLine(
        filing=line.filing,
        number=line.number,
        departments=line.departments[:1],
        purpose=line.purpose,
        enterprise=line.enterprise,
        window=line.window,
        state=line.state,
    )
