"""In and out: tables today; graph and threat-report formats later."""
