"""Leaving the register otherwise: removal from the roll, death, and mending a wrong ending."""
