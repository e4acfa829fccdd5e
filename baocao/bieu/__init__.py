"""The national software's nine half-year tables, filled from the books as far as they go."""
