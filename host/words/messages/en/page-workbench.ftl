# The workbench of an app's author: the page of "mesinfos dev".

title = Your app
building = First build: the page will show itself.
does-not-build = As it is now, the app does not build
shows-last = The page shows the last version that did.
built = version { $version } · { $size } · built in { $took }
keeps-nothing = Keeps nothing
preparing = The sample data is being prepared: the page will show itself.
life = Sample life
as-if-refused = { $category }: as if the person refused
all = everything
show = Show
beside = Measures and checks
no-view = The app showed nothing
read = { $rows ->
    [one] { $rows } row read
   *[other] { $rows } rows read
}
used = What it used
what = Measure
here = Here
most = At most
time = Time
memory = Memory
calls = Calls into the host
blocks = Blocks of the view
rows-of = Rows read: { $category }
checks = Checks
checks-hold = None made the app fail
checks-fail = { $failures ->
    [one] One makes the app fail
   *[other] { $failures } make the app fail
}
shows-a-view = shows a result
without-category = Without { $category }
without-field = { $category }, without { $field }
nobody = A person without data
in-language = { $language ->
    [fr] In French
   *[other] In English
}
notes = Notes of the app
notes-cut = The notes of a run end at 16 KiB: later ones are not here.
notes-stay = On the data of a real person, these notes never come to you.
json = The view, as JSON
milliseconds = { $ms } ms
seconds = { $seconds } s
