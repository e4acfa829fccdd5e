"""Inspection and supervision: programme, inspections, findings, recommendations, follow-up."""
