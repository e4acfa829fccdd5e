"""Papers of a branch on pages: the set of a month, the monthly report, registers, versions."""
