# The page that shows the text of a request again.

title = What you were told
lead = You answered on { $at }. Your answer is bound, word for word, to the text below. On the page of the app it unfolds under “The exact text of the request”: what you had before you said it otherwise, and more simply.
said = The text
codes = The codes in brackets (PT0S, address of the purpose, SHA-256) repeat the same for software that would read this text.
digest = Digest of the text (SHA-256):
unchanged = This is the text to which your answer is bound
none = No text of this platform was shown
none-why = The answer came from a program or from the command line, which showed no text from here. What was granted is written below.
answer = Your answer
state = { $app }, version { $version }: { $state }.
