"""For the ward: its branches' year of meetings, who has not met, who meets next, whom to remind."""
