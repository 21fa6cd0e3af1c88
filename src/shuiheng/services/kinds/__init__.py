"""Kinds of programmes as a city has them: what is shipped, and what its office has proposed and accepted.

In: the definition of a kind as its officers write it, with words of why, and the word of a second person.
Out: the kinds under which cases are opened on a day, and the one under which a case was opened.
"""
