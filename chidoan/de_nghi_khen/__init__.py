"""Commendations: proposals of branches and wards, decisions about them, awards of collectives."""
