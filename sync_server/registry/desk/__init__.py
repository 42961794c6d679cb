"""The registry's desk: its lists and forms (/registry). What is kept and refused is decided by the use cases."""
