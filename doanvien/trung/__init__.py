"""Two records of one person: found, told apart or made into one."""
