"""Personal data: what is masked, who looked and why, requests with their clocks, erasure."""
