"""Fifteen ways a text can try to become a formula, and texts that are hard to carry."""

BEGINNINGS = (
    '=HYPERLINK("http://evil.example","x")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "＋1+1",
    "＠SUM(1)",
    "=cmd|' /C calc'!A0",
    "|calc",
    "%0A=1+1",
    "+8613800138000",
    "'=1+1",
)

HARD = (
    "𠮷野家 䶮 㛃 👜🧳",
    "a & b < c > d \" '",
    "line one\nline two\r\nline three",
    "tab\there",
    "  blanks around  ",
    "\u3000full-width blank",
    "_x0041_ is not A",
    "bell \x07 and vertical tab \x0b",
    "00138",
    "1E5",
    "TRUE",
    "#N/A",
    "{=1+1}",
    "[1]Sheet1!A1",
)
