# Outcomes of a run, and reasons to refuse an app.

completed = The app gave its result.
needs-data = The app needs data that is missing: { $categories }.
needs-some-data = The app needs data that is missing.
bad-answer = The setting "{ $param }" is not valid: { $expected }
declined = The app could not give a result: { $reason }
not-granted = The app was not started: it needs data that you do not let it see ({ $categories }).
trapped = The app stopped on an internal error. Nothing was kept and nothing was changed.
timed-out = { $seconds ->
    [one] The app was stopped: it took longer than { $seconds } second. Nothing was kept and nothing was changed.
   *[other] The app was stopped: it took longer than { $seconds } seconds. Nothing was kept and nothing was changed.
}
out-of-memory = The app was stopped: it asked for more than { $memory } of memory. Nothing was kept and nothing was changed.
stack-overflow = The app was stopped: its calls were nested too deeply. Nothing was kept and nothing was changed.
too-many-calls = The app was stopped: it called the platform too often. Nothing was kept and nothing was changed.
too-many-rows = The app was stopped: it read too many rows. Nothing was kept and nothing was changed.
too-many-handles = The app was stopped: it held too many pages open. Nothing was kept and nothing was changed.
output-too-large = The result of the app is too large to be shown.
invalid-view = What the app returned cannot be shown: its author has to mend it. Nothing was kept. Detail for the author: { $at }: { $problem }.
ended-with-its-grant = The app lost access to the data while it was running, for example because its grant was withdrawn or paused: nothing is shown to you.
unavailable = The data could not be read. Nothing was changed; try again in a moment.
incompatible = The app does not fit this version of the platform: a later version of the app is needed.

## How a run ended, in a few words

code-completed = it gave its result
code-needs-data = data that it needs was missing
code-bad-answer = a setting was not valid
code-declined = it could not give a result
code-not-granted = your grant did not stand at that moment
code-stopped = it was stopped for everybody
code-trapped = it stopped on an internal error
code-timed-out = it took too long and was stopped
code-out-of-memory = it took too much memory and was stopped
code-stack-overflow = its calls were nested too deeply and it was stopped
code-too-many-calls = it called the platform too often and was stopped
code-too-many-rows = it read too many rows and was stopped
code-too-many-handles = it held too many pages open and was stopped
code-output-too-large = its result was too large
code-invalid-view = its result could not be shown
code-withdrawn = it lost access to the data while it was running
code-unavailable = the data could not be read
code-incompatible = it does not fit this version of the platform

## What a setting expects

expected-number = "{ $found }" is not a number.
expected-between = a number from { $min } to { $max } is expected.
expected-yes-or-no = "{ $found }" is neither yes nor no.
expected-one-of = "{ $found }" is not one of the choices: { $known }.
expected-date = "{ $found }" is not a date; write it like this: 2024-05-31.
expected-other-date = the date is outside the period that the app accepts.
expected-other-kind = this is not the kind of value that the app expects.
expected-nothing = this app has no settings.
expected-parameter = there is no such setting; choose from: { $known }.

## Why a component is refused

component-too-large = it is { $size }, and the platform accepts at most { $most }
too-complex = { $what }: { $found }, and the platform compiles at most { $most }
not-wasm = it is not a WebAssembly file
not-a-component = it is not a WebAssembly component that this platform accepts (technical detail: "{ $why }")
core-module = it is a WebAssembly core module, not a component
forbidden-import = it imports { $import }: { $why }
unknown-version = it imports { $import }, but this platform serves version { $served }: build it with a matching SDK
unknown-function = it imports { $function } of { $import }, which does not exist
no-app = it does not export the interface of an app
other-type = its function { $function } does not have the expected type: build it with a matching SDK
not-utf8 = it passes text as UTF-16, and only UTF-8 is accepted
composed = it is composed of several components that have code of their own: only one may have code
imitation = mesinfos.toml, { $field }: { $problem }
undeclared = it imports { $id }, but its manifest does not declare it: add a [[reads]] with category = "{ $id }" and the reason
unused = its manifest declares that it reads { $id }, but its code never does: remove that [[reads]]
no-manifest = it contains no manifest
several-manifests = it contains { $count } manifests, which may contradict each other: rebuild it from its folder
manifest-line = mesinfos.toml, line { $line }: { $problem }
unknown-key = there is no key "{ $found }" here; choose from: { $known }
unknown-key-meant = there is no key "{ $found }" here: did you mean "{ $meant }"? Choose from: { $known }
unknown-value = "{ $found }" is not known; choose from: { $known }
unknown-value-meant = "{ $found }" is not known: did you mean "{ $meant }"? Choose from: { $known }
missing-key = the key "{ $key }" is missing: add it
missing-french = the French is missing: add fr = "…". Testers read French first
wrong-type = there is { $found } where { $expected } is expected
type-text = a text in quotes
type-number = a number
type-boolean = true or false
type-table = a table such as { "{" } fr = "…", en = "…" { "}" }
type-list = a list
not-toml = it is not TOML from here on: check quotes, braces and commas (detail: "{ $why }")
malformed-manifest = mesinfos.toml cannot be read (technical detail: "{ $why }")
manifest-field = mesinfos.toml, { $field }: { $problem }

## What makes a component too complex

complex-function-size = bytes in one function
complex-locals = local variables in one function
complex-function-weight = value paths through one function
complex-loops = nested loops
complex-depth = nested blocks
complex-modules = core modules
complex-types = parts of types
complex-functions = functions
complex-table-elements = table elements
complex-weight = value paths through all functions
complex-items = types, imports, exports and other items
complex-parts = instances and functions that it consists of
complex-foreign = components defined elsewhere

## Why an import is refused

forbidden-not-ours = it is not an interface of this platform
forbidden-no-category = there is no such category of data
forbidden-network = apps have no network
forbidden-files = apps have no files
forbidden-keeping = apps keep nothing
forbidden-not-served = this part of WASI is not served

## What is wrong with a field of a manifest

field-id = "{ $found }" is not valid: 2 to 40 of a-z, 0-9 and "-", starting with a letter, are expected
field-version = "{ $found }" is not valid: three numbers such as 1.2.3 are expected
field-purpose = "{ $found }" is not a known purpose; choose from: { $known }
field-length = 1 to { $most } characters are expected
field-hidden = it contains control or direction characters
field-names = publisher, licence and icon have 1 to 100 characters
field-twice = { $id } is listed twice: keep one [[reads]] for each category
field-no-months = 0 months would read nothing; leave this field out to read everything
field-imitates = it looks like the name of the platform, which no app may use: choose another
field-imitates-holder = it looks like “{ $holder }”, a data holder: people would believe that the app comes from it. Write your own name, or that of your team

## Runner processes

runner-system = Runner processes are not available on this machine ({ $what }: { $why }).
runner-broken = A runner process ended early: { $why }.
