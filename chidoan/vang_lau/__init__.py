"""Who was absent without reason for three months in a row: grounds for removal from the roll."""
