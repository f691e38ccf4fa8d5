# The playground of people who write apps.

title = Playground
lead = Write a small app in JavaScript, and see what it shows for a sample life. There is nothing to install. It runs here, without network and without memory, as an installed app would.
code = Your code
code-why = As in "mesinfos new --lang js": imports of @mesinfos/sdk, then export default app(…). Ctrl + Enter runs it.
life = Sample life
run = Run
link = A link to this code
linked = The address of this page now holds the code itself: copy it. Nothing is kept here. To open it, somebody needs a developer account on this server.
result = What the person sees
not-run = Run the code: the result will be shown here.
no-view = There is no result
read = { $rows ->
    [one] { $rows } row read
   *[other] { $rows } rows read
}
read-of = { $category }: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
used = { $ms } ms, { $memory } of memory
notes = Notes of the app
not-here = The playground is not installed here
not-here-why = The operator gets it with the archive of the release, or with "cargo xtask playground" in a checkout. Until then "mesinfos new" and "mesinfos dev" do the same on your machine.
then = To make it an app that others install: "mesinfos new", put this code there, then "mesinfos publish".
