"""The command `shuiheng <noun> <verb>`: parse, call a service or the compiler, print.

Commands on plan files need no database. Errors are one line with code and remedy, exit code 2.
"""
