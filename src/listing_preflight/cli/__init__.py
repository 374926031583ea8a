"""The command line: the only room that knows click, the environment and exit codes."""
