# A hackathon: its pages, its errors, what the command says, and the archive of what was handed in.

# Errors
is-event = The folder { $path } is that of an event: nothing else opens it. Nothing was read or written.
not-an-event = The folder { $path } is not that of an event. Nothing was read or written.
only-samples-here = This is an event: there are invented people only, and no file enters. Nothing that you sent was kept.
no-event = There is no event here.
exists = There is an event in this folder already.
wrong-code = This is not a code of this event, or it was used already. Check it on the screen or ask the organiser.
bad-name = A name has 1 to { $most } characters.
name-taken = Another team has this name: choose another one.
bad-teams = An event has 1 to { $most } teams.
bad-deadline = The deadline has passed already: give one that is to come.
too-many-teams = There { $most ->
    [one] is one team
   *[other] are { $most } teams
} already: join one.
too-many-members = This team has { $most ->
    [one] one member
   *[other] { $most } members
} already.
too-many-jurors = The jury has { $most ->
    [one] one member
   *[other] { $most } members
} already.
no-such-team = There is no team here.
no-such-juror = There is no juror here.
submissions-over = The submissions are closed: nothing was changed.
not-yet = The submissions are still open: the vote begins after them.
vote-over = The vote is closed: nothing was changed.
vote-open = The vote is still open: close it first.
own-team-refused = Nobody votes for their own team: nothing was changed.
nothing-handed-in = This team handed nothing in.
bad-ballot = A ballot has a mark from 1 to 5 for each criterion, and a comment of { $most } characters at most. Nothing was changed.
no-randomness = The system provides no random numbers: nothing was done.
unreadable = What is kept of the event cannot be read.

# What goes on
stage-left = { $left } left until the submissions close, { $at }.
stage-open = The submissions are open, until the organiser closes them.
stage-vote = The submissions are closed. The jury votes.
stage-vote-closed = The vote is closed. The ranking will be shown soon.
stage-revealed = The ranking is known.
published = published
handed-in = handed in
draft = in preparation
nothing = nothing yet
only-samples = There are invented people only. No real data enters.

# Joining
join-with = Code of the event
join-title = Join the event
join-lead = Type the code that is on the screen.
code = Code
continue = Continue
iam-juror = I am a member of the jury
iam-organiser = I organise this event
your-name = Your name, as the others will see it
your-name-why = A first name or a nickname is enough.
new-team = A new team
team-name = Name of the team
create-team = Create the team
no-new-team = No more teams can be created: join one.
old-team = A team that exists
team = Team
team-code = Code of the team
team-code-why = Its members see it on their page.
wrong-team-code = This is not the code of that team. Ask one of its members.
join-team = Join the team
session-why = No address and no password: this browser keeps your place. From another one, join the team with its code.

# A team
counts = What counts: { $app } { $version }, handed in { $at }. A version that you hand in later replaces it.
nothing-counts = You have handed nothing in yet.
hand-in-how = Drop a signed .wasm file, look at the report, try it on the sample lives, then submit it: that hands it in.
members = Members
team-code-is = Code of the team:
team-code-tell = Tell it to those who should join, and to nobody else.
token-why = To hand in from a terminal, with “mesinfos publish”.
new-token = Create a token
token-title = Token of the team
token-once = It is shown once. It is valid for seven days, for this event only.
token-how = Put it into a file “team.token”, then:
back = Back

# The jury
jury-title = Join the jury
jury-lead = Type the code that the organiser gave you.
juror-named = Ballots of { $name }
own-team = Your team, if you have one
own-team-why = Nobody votes for their own team.
no-team = None
juror-once = This code opens your ballots in this browser, once.
begin-jury = Open my ballots
ballots-title = Your ballots
your-team = your team
own-team-not = This is your team: you do not vote for it.
given = Your marks: { $marks }
not-given = no marks yet
ballot = Ballot
usefulness = Usefulness
usefulness-why = Would people use it? 1: nobody, 5: many.
minimisation = Data minimisation
minimisation-why = Does it ask only for what it needs? 1: for much more, 5: for nothing else.
clarity = Clarity
clarity-why = Do people understand what it says? 1: hardly, 5: at once.
choose = Choose
comment = Comment
comment-why = Optional. Only the organiser reads it, after the vote.
vote = Save the ballot

# The ranking
ranking = Ranking
means = Means by team
rank = Rank
mean = Mean
mean-of = { $mean } of 5, { $ballots ->
    [one] { $ballots } ballot
   *[other] { $ballots } ballots
}
ballots = Ballots
nobody-handed-in = No team handed in an app.

# The organiser
projector = Page for the projector
export = Download everything that was handed in
teams = The teams
teams-of = { $teams ->
    [one] { $teams } team
   *[other] { $teams } teams
}, { $most } at most
to-do = To do
deadline = Deadline
deadline-why = In the time of Paris. Move it earlier or later while submissions are open; the screen and the page of each team follow.
move-deadline = Move the deadline
close-submissions-why = Nobody will be able to hand in any more, and the vote will begin.
close-submissions = Close the submissions
close-vote-why = Ballots will not change any more. You will see the ranking before you show it.
close-vote = Close the vote
reveal-why = The ranking will appear on the screen and on the page of each team.
reveal = Show the ranking
all-done = Everything is done. Download what was handed in.
jury = Jury
jury-why = Each member has a code of their own, which works once. Ballots cannot be read before the end of the vote.
juror-gave = { $ballots ->
    [0] no ballot
    [one] { $ballots } ballot
   *[other] { $ballots } ballots
}
juror-waits = has not opened the ballots yet
juror-name = Name of a member of the jury
add-juror = Add
comment-by = { $name }: { $comment }
juror-code-why = Give this code to this person only. It opens their ballots, once.
juror-began = This person has opened the ballots: the code works no longer.
renew-why = Another code, if the phone is lost: what the first one opened is closed, the ballots stay.
renew = Give another code
qr = The QR code of this address

# The page for the projector
ready = { $teams ->
    [one] { $teams } team
   *[other] { $teams } teams
}, { $ready ->
    [one] { $ready } app ready
   *[other] { $ready } apps ready
}
before = until the submissions close, { $at }
join-at = To begin:

# The command
made = The event “{ $name }” has its folder: { $path }
made-until = The submissions close { $at }.
made-open = The submissions have no deadline: you close them on your page.
made-next = There are invented people only in this folder, and there will never be others.
join-here = To join: { $url } with the code { $code }
organiser-here = To organise, on this machine and within { $minutes } minutes: { $url }

# The archive
readme-name = README.txt
readme-title = What was handed in: { $name }
readme-made = Archive made { $at }: { $teams ->
    [one] { $teams } team
   *[other] { $teams } teams
}, of which { $ready ->
    [one] { $ready } handed in an app
   *[other] { $ready } handed in an app
}.
readme-folders = Each team that handed in has a folder: app.wasm (the app, signed), manifest.json (what it says of itself), REPORT.txt and RAPPORT.txt (what was checked), result.json (what the jury said of it).
readme-result = In result.json: the rank (teams with the same mean share it), the mean in hundredths, and each ballot with the name of the juror. Do not publish the ballots without the jury's consent.
readme-no-result = The vote is not closed: result.json has neither a rank nor a ballot yet.
readme-install = To read what an app asks for: mesinfos check app.wasm. None has run on real data.
report-name = REPORT.txt
report-team = Team { $team }: { $members }
report-app = { $app } { $version }, handed in { $at }
report-says = What it says of itself: { $text }
report-reads = What it asks for: { $categories }
report-reads-nothing = It asks for no data.
report-size = Size: { $size }
report-refused = It works whatever optional data it is refused, on every sample life.
report-digest = SHA-256 of the file: { $digest }
