"""The papers of cultivation and referral, as declarations on `core.pdf`; see papers.md 4."""
