"""The command that says what a source must be allowed to do, and no more."""

import os
from pathlib import Path

import click

from driftline.surfaces.cli.nearest import HelpfulCommand
from driftline.surfaces.cli.options import places

SOURCES = ("kubernetes",)
FORMATS = ("yaml", "json")


@click.command(cls=HelpfulCommand)
@click.argument("source", type=click.Choice(SOURCES))
@click.option(
    "--kubeconfig",
    type=click.Path(path_type=Path),
    help="The kubeconfig that leads to the cluster.",
)
@click.option("--context", "cluster", default="", help="The context of the cluster to ask.")
@click.option("--namespace", "namespaces", multiple=True, help="Only this namespace; repeatable.")
@click.option("--secrets", is_flag=True, help="Let Secrets be read, too.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="yaml", show_default=True)
@places
def permissions(
    source: str,
    kubeconfig: Path | None,
    cluster: str,
    namespaces: tuple[str, ...],
    *,
    secrets: bool,
    format_: str,
) -> int:
    """Print the least permissions that a source needs, ready to be applied.

    With --context or --kubeconfig that cluster is asked which kinds it has, so
    that its own ones are among them.
    """
    from driftline.engine.clusters.permissions import least_roles
    from driftline.surfaces.cli.output import write_text

    del source  # There is one so far; the argument keeps room for others.
    text = least_roles(
        os.environ,
        kubeconfig=kubeconfig,
        context=cluster,
        namespaces=namespaces,
        secrets=secrets,
        as_json=format_ == "json",
    )
    write_text(text)
    return 0
