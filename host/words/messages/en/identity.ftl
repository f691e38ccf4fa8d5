# Accounts and sign-in.

records = The accounts cannot be read: their records were changed or are damaged. Nothing was changed; tell the operator of the server.
no-randomness = The system provides no random numbers; nothing was done.
hash = The password could not be checked; nothing was changed. Try again in a moment.
password-short = The password is too short: use at least { $shortest } characters. A few unrelated words make a good one.
password-long = The password is too long: use at most { $longest } characters.
password-guessable = This password is easy to guess: use several unrelated words, without your name.
not-a-login-name = This cannot be a name to sign in with: use 1 to 64 letters of one alphabet, digits, spaces, ".", "_", "-" and apostrophes, and start with a letter or a digit.
not-a-code = This is not one of our codes: check it character by character. It has 25 letters and digits, in five groups, and never the letter u.
no-such-sign-in = The name, or the password or code, is not right. Check both, then try again.
no-such-passkey = This passkey was not accepted: it is not known here, or the request took longer than five minutes. Try again, or sign in another way.
too-many-passkeys = An account has at most { $most } passkeys. Remove one that you no longer use.
passkey-known = This passkey is registered already.
last-sign-in = This passkey is the only way to sign in to your account. Add another passkey first; nothing was changed.
passkeys = Passkeys do not work at the moment; nothing was changed. Sign in with your password.
wait = { $seconds ->
    [one] There were too many failed attempts with this name. Wait { $seconds } second, or use a recovery code.
   *[other] There were too many failed attempts with this name. Wait { $seconds } seconds, or use a recovery code.
}
name-taken = This name is taken. Choose another one.
no-such-invitation = No invitation opens with this code. Check it first, character by character: one mistake is enough. If it is right, the invitation was used already, withdrawn, or has expired: ask for a new one.
session-over = Your session has ended. Sign in again; nothing was lost.
not-fresh = This needs a recent sign-in: confirm that it is you. Nothing was changed.
linked = This account already opens another vault, or another account opens this one. Nothing was changed.
has-vault = This account opens a vault. Erase the vault, and the account goes with it.
no-vault = This account opens no vault: it is not a tester's account.
too-many-samples = Too many people are trying a sample life at the moment. Try again in a few minutes.
is-sample = This is a sample life: it has no password, passkey or recovery code, and ends with your visit. Nothing was changed.
no-such-sample = There is no such sample life.
no-such-account = There is no such account any more.
