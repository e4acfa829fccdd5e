"""Training programme of members: registration, scores of the branch, the ward's word."""
