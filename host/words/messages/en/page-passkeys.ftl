# Texts of passkeys.

title = Passkeys
none = No passkey: your vault opens with your password.
made-at = added on { $at }
used-at = used on { $at }
remove = Remove
label = Name of the passkey
add = Add a passkey
not-made = No passkey was added. If you signed in more than five minutes ago, load this page again: it will ask you to confirm that it is you.
confirm-first = To add a passkey or make new codes, first confirm that it is you.
confirm = Confirm
not-recognised = The passkey could not be asked for. Nothing has changed.
no-name = A passkey needs the name of a site, not an address in digits. Nothing has changed.
name-first = Choose a name first: letters, digits, spaces, dots, hyphens and apostrophes.
