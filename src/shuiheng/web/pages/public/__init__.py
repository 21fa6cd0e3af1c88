"""Pages for anybody, without an account: report something, read the answer, read what was published."""
