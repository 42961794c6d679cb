"""Off-site checks (非现场检查): filed and answered like any other, and nobody enters."""
