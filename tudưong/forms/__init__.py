"""Forms of the cultivation group and the referral case; rules are in the services."""
