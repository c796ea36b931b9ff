"""The case: the only door from the command line, the page and the notebook down to all rooms."""

from typing import TYPE_CHECKING

from allegiance.on_demand import on_demand

if TYPE_CHECKING:
    from allegiance.case.case import Case
    from allegiance.case.datafiles import files_named
    from allegiance.case.imports import Provenance
    from allegiance.case.networks import open_contributions, open_counted, open_network
    from allegiance.case.readers import code_file
    from allegiance.case.view import view_of
else:
    __getattr__ = on_demand(
        __name__,
        {
            "Case": "case",
            "Provenance": "imports",
            "code_file": "readers",
            "files_named": "datafiles",
            "open_contributions": "networks",
            "open_counted": "networks",
            "open_network": "networks",
            "view_of": "view",
        },
    )

__all__ = [
    "Case",
    "Provenance",
    "code_file",
    "files_named",
    "open_contributions",
    "open_counted",
    "open_network",
    "view_of",
]
