"""The list of members: searching without traces, counts beside choices, columns, saved filters."""
