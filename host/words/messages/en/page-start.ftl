# First try.

title = Welcome
try-first = Try first with somebody who does not exist
signed-out = You are signed out. Your vault is closed on this device.
lead = Organisations know a lot about you. Here they give it back, and small apps make something useful of it: without keeping anything, and only if you want it.
step-life = Choose a life
step-app = Run an app
step-you = Your turn
which-life = Which life do you want to try?
try-life = Try the life “{ $life ->
    [cycliste] cyclist
    [famille] family
    [retraitee] pensioner
   *[other] { $life }
}”
life-rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, of { $holders ->
    [one] { $holders } organisation
   *[other] { $holders } organisations
} and of papers
life-spent = { $amount } spent a month in { $year }
life-electricity = { $amount } of electricity in { $year }
life-gas = { $amount } of gas in { $year }
life-distance = { $amount } travelled in { $year }
life-calls = { $hours } h on the phone in { $year }
life-care = { $amount } of care in { $year }
you = Your turn
you-lead = Whenever you like: an invitation code, a password or a passkey, a first file. You can erase everything, the same day if you want.
begin = Start with my data
have-vault = I have a vault already
