"""The command line: finds verbs by file name, and turns every error made for people into one sentence and an
exit code.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys

import click

from crawler.errors import DeedwatchError
from deedwatch import verbs

#: Exit code for our own mistakes (EX_SOFTWARE of sysexits.h).
BUG = 70
#: Exit code when whoever read our output went away, as shells have it for SIGPIPE.
CLOSED_PIPE = 141

#: What each verb does in a line, so that --help need not import them. Checked against the verbs by a test.
ABOUT = {
    "card": "write the dataset card (README.md) with its chart",
    "changes": "what changed at the sources",
    "decide": "verdicts per use, ruleset and layer, put on record",
    "documents": "license and terms pages: versions, texts, what changed in them",
    "explain": "one image, from verdict to the quote in its text",
    "export": "keep / review / drop lists",
    "forget": "destroy what is held of a person, image or address, visibly",
    "formats": "the manifest formats, and how a file would be read",
    "license": "any licence URL, name, id or notice → canonical id",
    "plan": "before a byte is sent: requests, hosts, hours, keys, terms",
    "read": "what today's readers find in one stored page or answer",
    "refresh": "the main job: read, visit, record, compare, summarise",
    "reread": "read stored bodies again with today's readers",
    "rulesets": "the written rules verdicts come from",
    "sources": "the sources, their terms and keys",
    "verify": "check the chain, the bodies and the derived tables",
}


class Verbs(click.Group):
    """Loads a verb's module only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All verbs, by name."""
        return sorted(module.name for module in pkgutil.iter_modules(verbs.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb, or ``None`` for an unknown one."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"deedwatch.verbs.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line a verb, without importing it."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, ABOUT.get(name, "")) for name in self.list_commands(ctx)])


def _tell_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    """The installed version, or 0 in a tree that was never installed."""
    if asked:
        from crawler.politeness.identity import version

        click.echo(f"deedwatch {version()}")
        context.exit()


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version.",
)
def cli() -> None:
    """Which images of a dataset may be used for what today, and what shows it.

    `deedwatch VERB --help` explains each verb. Nothing deedwatch says is legal advice.

    Exit codes: 0 fine · 1 findings you asked to fail on · 2 bad input · 3 refused · 4 evidence damaged ·
    130 stopped by a signal.
    """


def main() -> None:
    """Entry point: never ends in a traceback for anything a user or a server did."""
    try:
        # Not cli.main: it would turn a closed pipe into exit code 1, which here means findings to fail on.
        with cli.make_context("deedwatch", sys.argv[1:]) as context:
            status = cli.invoke(context)
        if sys.stdout is not None:  # closed by whoever started us
            sys.stdout.flush()
    except click.exceptions.Exit as done:
        status = done.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        status = 0
    except click.ClickException as error:
        click.echo(f"deedwatch: {printable(_usage(error))}", err=True)
        status = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        status = 130
    except DeedwatchError as error:
        click.echo(f"deedwatch: {printable(str(error))}", err=True)
        status = error.exit_code
    except BrokenPipeError:
        _give_up_output()
        status = CLOSED_PIPE
    except OSError as error:
        _give_up_output()
        where = printable(str(error.filename or "a file or the output"))
        click.echo(f"deedwatch: {where} cannot be used: {error.strerror or error}.", err=True)
        status = 2
    except Exception as error:
        if os.environ.get("DEEDWATCH_DEBUG"):
            raise
        click.echo(
            f"deedwatch met something it was not built for ({type(error).__name__}); nothing recorded is lost. Please"
            " report it, with what DEEDWATCH_DEBUG=1 shows.",
            err=True,
        )
        status = BUG
    sys.exit(status if isinstance(status, int) else 0)


def _give_up_output() -> None:
    """Where standard output takes no more, send the rest nowhere, or Python would complain once more at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(error: click.ClickException) -> str:
    """What click found wrong with the words given, as one sentence that names the help page."""
    said = " ".join(error.format_message().split()).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{said}; see `{context.command_path} --help`." if context is not None else f"{said}."


def printable(text: str) -> str:
    """Text for a terminal: control characters, escapes and direction marks as visible codes."""
    return "".join(c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in text)
