"""The case: the only door from the command line, the page and the notebook down to all rooms."""

from allegiance.case.case import Case
from allegiance.case.datafiles import files_named
from allegiance.case.imports import Provenance
from allegiance.case.networks import open_contributions, open_network
from allegiance.case.readers import code_file
from allegiance.case.view import view_of

__all__ = ["Case", "Provenance", "code_file", "files_named", "open_contributions", "open_network", "view_of"]
