"""Which module holds which command: the one place where a command is registered.

To add a command, write a module in this folder that defines it as
`@click.command(cls=HelpfulCommand)` under the command's own name, and add a row
here. The order is the one in which people need them, and the one of the help.
The module is imported when its command is called, so importing a row costs the
other commands nothing; what a command needs it imports inside its function.
"""

COMMANDS: dict[str, str] = {
    "scan": "driftline.surfaces.cli.scanning",
    "observe": "driftline.surfaces.cli.observing",
    "status": "driftline.surfaces.cli.asking",
    "compare": "driftline.surfaces.cli.asking",
    "spells": "driftline.surfaces.cli.travelling",
    "promotions": "driftline.surfaces.cli.travelling",
    "history": "driftline.surfaces.cli.asking",
    "trend": "driftline.surfaces.cli.drifting",
    "report": "driftline.surfaces.cli.reporting",
    "sources": "driftline.surfaces.cli.sourcing",
    "layout": "driftline.surfaces.cli.asking",
    "check": "driftline.surfaces.cli.checking",
    "align": "driftline.surfaces.cli.aligning",
    "accept": "driftline.surfaces.cli.deciding",
    "ignore": "driftline.surfaces.cli.deciding",
    "classify": "driftline.surfaces.cli.deciding",
    "freeze": "driftline.surfaces.cli.deciding",
    "decisions": "driftline.surfaces.cli.deciding",
    "init": "driftline.surfaces.cli.starting",
    "example": "driftline.surfaces.cli.scanning",
    "permissions": "driftline.surfaces.cli.permitting",
    "schema": "driftline.surfaces.cli.starting",
}
