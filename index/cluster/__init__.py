"""More than one machine: embedding on Ray workers, and several indexes asked as one."""
