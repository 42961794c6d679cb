"""Asks the real command line, in this process, and hands back its exit code and what it wrote."""

import json

from click.testing import CliRunner

from sync_server.rules.cli import rules


def ask(*arguments, stdin=b""):
    """(exit code, stdout, stderr) of `zhuqi rules …`; an escaped exception is raised here."""
    answer = CliRunner().invoke(rules, list(arguments), input=stdin)
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer.exit_code, answer.stdout, answer.stderr


def ask_lines(command, objects):
    """The answers of `gate` or `next` to many objects, given one a line."""
    lines = "\n".join(json.dumps(given, ensure_ascii=False) for given in objects)
    code, out, err = ask(command, "-", stdin=lines.encode())
    if code != 0:
        raise ValueError(f"exit {code}: {err}")
    return [json.loads(line) for line in out.splitlines()]
