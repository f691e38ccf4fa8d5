# Texts of the other roles.

title = Your page
signed-in-as = You are signed in as
comes-tester = Your vault and your apps.
comes-developer = Upload a component, see what testers will see, submit it for review. The command “mesinfos” does the same on your machine, with invented lives.
comes-holder = Deliveries for your customers and their progress will come here. Until then the person who runs this server can make a deposit token. You will never see what a person does with their data.
comes-researcher = The tables of the observatory will come here: sums in which nobody can be recognised. No row of a person will be among them.
comes-operator = The health of the server, the invitations, and the apps to review. You see nobody’s data.
no-break-glass = No page and no command opens a person’s data in their place: there is no emergency access. Whoever holds the machine and its keys could still abuse them; the page “Privacy” tells everybody.
ready = The server is ready
invitations = Invitations to join
invitations-lead = An invitation works once. Its code is shown only when you make it.
role = Role
days = Valid for, in days
invite = Make an invitation
none-pending = No invitation is pending.
made-at = Made on
ends-at = Valid until
withdraw = Withdraw
new-invitation = A new invitation
valid-until = It works once, until { $at }.
or-address = The code can be typed, or the address opened:
qr = The same address as a QR code
shown-once = This page is shown once: only a digest of the code is kept.
back = All invitations
