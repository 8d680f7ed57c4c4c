"""Order, schedule, command line: config is read here once, and only this room knows Prefect."""
