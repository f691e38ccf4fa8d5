# The page that shows the text of a request again.

title = What you were told
lead = You answered on { $at }. Here is, word for word, the text that you had before you.
said = The text
digest = Digest of the text (SHA-256):
unchanged = This is the text to which your answer is bound
none = No text of this platform was shown
none-why = The answer came from a program or from the command line, which showed no text from here. What was granted is written below.
answer = Your answer
state = { $app }, version { $version }: { $state }.
