"""What the project promises in figures: ratios and sizes, measured in one run (`make bench`), asserted nowhere else."""
