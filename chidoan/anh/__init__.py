"""Photos of meetings and activities, and the roll on paper that is photographed back."""
