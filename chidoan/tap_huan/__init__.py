"""Training of cadres: classes, sign-up, attendance, results, certificates, who had no class."""
