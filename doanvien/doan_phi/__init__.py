"""Dues of members: who owes which month, receipts, exemptions, what goes to the level above."""
