# The help of the "mesinfos" command. A key is the path of a command ("token-create"), followed by the name of one of its
# arguments; "any-" is for all commands with that argument.

mesinfos = Your personal data, and apps that use it without keeping any of it.

any-help = Prints help
any-version = Prints the version
any-json = Prints results as JSON
any-data = The data folder; by default mesinfos in $XDG_DATA_HOME or in ~/.local/share
any-lang = The language, fr or en; by default that of the system
any-isolation = Where apps run and files are read: each in its own process that can only compute (process, on Linux) or in this one (in-process); by default process where possible
any-store = A store outside the data folder, on PostgreSQL: postgres://user@host1,host2/database?sslrootcert=FILE. Keys stay in the data folder
any-store-password = The file with the password of the store; by default the credential store-password of systemd, else MESINFOS_STORE_PASSWORD
any-person = The person's name
any-app = The app's id
any-today = The date given to the app; by default today
any-port = The port
any-period = Only these days: 2011, 2011-03, 2011-03-05, 2011-03..2011-06, 2011..

demo = Creates sample people, imports their files, gives the grants, runs every app, then serves the pages
demo-apps = The folder with the built apps (*.wasm); by default those that come with the command
demo-samples = People to use instead of the sample people: a folder with a folder of files for each person
demo-once = Prints the results and exits

gallery = Creates a folder of what every app shows every sample person, in French and English (or the language of --lang)
gallery-names = Names of sample people; by default all
gallery-apps = The folder with the built apps (*.wasm); by default those that come with the command
gallery-out = Where to write it
gallery-samples = People to use instead of the sample people: a folder with a folder of files for each person
gallery-today = The date given to the apps; by default that of the sample people, else today

serve = Serves the HTTP API and the pages on this machine
serve-host-names = A name that the server answers to, besides 127.0.0.1 and localhost: that of the proxy in front of it. Can be repeated
serve-contact = The address at which people ask their questions, shown under “A question?”: a mailbox (help@example.org) or a page (https://…)
serve-port = The port, by default 7380
serve-config = A file with settings of the server (port, host-names, contact, log, isolation) that flags override; by default mesinfos.toml in the data folder, if it exists
serve-log = The format of the messages that the server writes to standard error, without personal data: off (no messages), text or json. By default the value of MESINFOS_LOG, else text

event = Holds a hackathon on the local network, with invented people only; its folder is by default mesinfos-event
event-new = Creates the folder of the event
event-new-name = Its name
event-new-teams = The most teams
event-new-until = When the submissions close, in the time of Paris: 2027-03-15T16:00; without it, you close them on your page
event-serve = Serves the pages of the event, without access to the Internet, and prints how to join it
event-serve-listen = The address of this machine on the local network; by default the one that the system says
event-serve-port = The port
open = Prints a one-time address of the running server that makes an account for its operator

token = Creates, lists and revokes tokens for the HTTP API
token-create = Creates a token and shows it once
token-create-scope = What it allows: sending files for the named people (deposit), reading the metrics of the server (metrics), sending versions of the apps of a developer (publish), or everything, for everybody (all)
token-create-people = A person it deposits files for. Can be repeated
token-create-new = Let its first file create the vault of a person who has none yet
token-create-developer = The developer whose versions it sends (publish), as you call them: ids of apps belong to this name
token-create-expires = How many days it is valid
token-create-name = Who receives it, such as "EDF"
token-list = Lists the tokens: who has them, what they allow and until when
token-revoke = Revokes a token immediately
token-revoke-id = Its id: "mesinfos token list" shows it

import = Imports holders' files into a person's vault
import-person = The person's name; their vault is created if it does not exist
import-files = Files, or archives (ZIP) of files
import-document = Keep the files as documents, whatever their format: sealed in the vault, unchanged
import-map = Read the files as tables, by the mapping in this JSON file: "mesinfos map FILE" prints one to complete
import-dry-run = Write nothing: say what would be imported, and what would be rejected and why
import-rejects = Write the rejected rows to this new CSV file: the file, the position in it, the field, the reason, and the line itself (its first 4 KiB) if the file consists of lines and is not in an archive

map = Shows what a table looks like that no format knows, as a mapping (JSON) to complete
map-file = A CSV file or another table of text
imports = Lists a person's imports

rows = Shows a person's rows of a category, each with its file and its position in that file
rows-category = The category
rows-limit = The maximum number of rows; 0 for all

documents = Lists a person's documents, or retrieves one unchanged
documents-id = The document's id
documents-output = Where to write it

undo = Undoes a whole import
undo-import = The number of the import: "mesinfos imports" lists them

new = Writes a new app in a folder: manifest, code, tests and the SDK. The folder's name is the app's id. --lang chooses the language of the app: rust (by default), ts, js or python
new-folder = The folder to create
new-template = What a Rust app does at first; by default aggregator
new-publisher = Who publishes it; by default the name that git knows

dev = Shows an app while it is written: builds it at each change, runs it on sample people, and shows its view, what it used and its checks in the browser
dev-folder = The app's folder
dev-person = The sample person shown first
dev-port = The port
dev-once = Builds it once, says whether it could be installed, and exits

test = Compares an app's views with those that were accepted (views/): every sample person, with everything and without each category, in both languages
test-folder = The app's folder
test-update = Accepts the views of today

check = Shows what an app asks for, and why it would be refused
check-app = A component, or the folder of an app: then each finding has its place in the files

build = Builds an app from its folder (Cargo.toml, mesinfos.toml, src/) into a component
build-folders = The app's folder, or several of one workspace, which are then built together
build-component = Build nothing: take the component that another toolchain built from the folder, and add its mesinfos.toml
build-output = Where to write it: a file, or a folder for several apps; by default apps/ID.wasm in the target directory
build-key = The key to sign with: a name in the configuration folder, or a file; by default "publisher", if there is one
build-unsigned = Do not sign it

keys = Makes, shows and replaces the keys with which a publisher signs apps
keys-new = Makes a new key
keys-new-key = A name in the configuration folder ($XDG_CONFIG_HOME/mesinfos/keys or ~/.config/mesinfos/keys), or a file
keys-show = Shows the public key
keys-show-key = A name in the configuration folder, or a file
keys-list = Lists the public keys of the configuration folder
keys-claim = Signs a line that shows a server that the key of the id of an app is yours
keys-claim-app = The id of the app
keys-claim-owner = Your account, as the server tells it
keys-claim-to = The address of the server
keys-claim-key = A name in the configuration folder, or a file
keys-replace = Makes a new key that the present one names as its successor
keys-replace-key = A name in the configuration folder, or a file

publish = Sends a version of an app to be reviewed: to a server, or into the data folder
publish-app = The component, signed ("mesinfos build" signs with your key)
publish-to = The address of the server
publish-token-file = The file with the token that its operator made for you
publish-draft = Only keep it as a draft
publish-event = The server is that of an event: it may be at an address of the local network, without encryption

review = Reviews, publishes and stops versions in the data folder
review-list = Lists the versions that wait, or those of an app
review-list-app = The id of the app
review-publish = Publishes a version: it becomes the installed one
review-publish-component = The SHA-256 of the component
review-return = Gives a version back to its author
review-return-component = The SHA-256 of the component
review-return-reason = What to change; the author reads it
review-suspend = Stops a version at once, for everybody
review-suspend-component = The SHA-256 of the component
review-suspend-reason = Why; people read it
review-resume = Lets a suspended version go on
review-resume-component = The SHA-256 of the component
review-withdraw = Withdraws a version for good
review-withdraw-component = The SHA-256 of the component
review-withdraw-reason = Why; people read it

install = Installs an app, or a new version of it
install-app = The component
install-new-publisher = Let it replace an app with the same id from another publisher
uninstall = Removes an installed app. Its grants stay, and take effect again if the same component is installed again
uninstall-app = The id of the app

apps = Lists the installed apps

log = Checks the public log of apps, or writes it as files
log-verify = Checks every entry and tile, the signature, and that the log continues the one that was verified here before
log-verify-url = The address of a server; by default the data folder
log-verify-key = The key of the log (name+hash+key), known from elsewhere; by default the one that the server names
log-verify-app = Also prove that the log has this component, and show what happened to it
log-export = Writes the log as files, as a server of files would serve it (C2SP tlog-tiles)
log-export-folder = The folder to write to

people = Lists the people, or the contents of one person's vault

preview = Shows what the testers of an app will see
preview-consent = Shows what they will be asked, in both languages, with the number of rows of a sample person
preview-consent-app = The folder of the app, or the file of a component; by default this folder
preview-consent-sample = A sample person; by default "famille"
preview-consent-html = Writes the page that testers will see, in the language of the command, as a single file
notice = Shows what an app asks for, word for word; with --person, what was shown before the person's last answer
notice-app = The id of the app
grant = Lets an app see categories of a person's data
narrow = Lets an app see less than it was given
grant-categories = A category to give, such as bank or energy. Can be repeated; by default all that the app asks for. The options below apply to all named categories: to choose category by category, grant first, then "mesinfos narrow" with --category
narrow-categories = A category to narrow, such as bank or energy. Can be repeated; by default all that are given. The options below apply to all named categories; the others stay as they are
narrow-drop = A category to stop giving entirely. Can be repeated
any-undated = With --period: also rows without a date, such as contacts or allergies
any-granularity = No finer than: raw (exact), rounded, hourly (by the hour), daily (by the day) or monthly (by the month); "mesinfos dictionary" says which ones a category has
any-fields = Only these fields, separated by commas, such as amount,label: "mesinfos dictionary" shows them. Fields that are given only by name must be listed here
any-holders = Only rows of these holders, separated by commas
any-without = Without these rows, by their ids, such as 3.0.17; "mesinfos rows" shows them
grant-until = The last day of the grant, such as 2027-01-31; by default until it is withdrawn
grant-component = Only if this component of the app is installed: its SHA-256, as "mesinfos check" and "mesinfos apps" show it; by default the installed one, which is shown
grant-notice = Only if what the app asks for is still this text: its SHA-256, as "mesinfos notice" shows it. The grant is then bound to this text

grants = Lists a person's grants in force, newest first
grants-all = Also lists those no longer in force; --json always has all of them, oldest first
pause = Pauses an app for a person; its grant stays
resume = Resumes a paused app
revoke = Withdraws the grant of an app

run = Runs an app for a person and prints its result
run-app = The app's id; with --sample, a component or the folder of an app
run-sample = Runs it on the data of this sample person, and keeps nothing
run-without = As if the person refused this: a category (bank) or a field (bank.label). Can be repeated
run-params = A setting: --param name=value. Can be repeated

recogniser-command = program to become, confined, and its arguments
receipts = Lists the receipts of a person's runs
replay = Runs an app again from a receipt, and says whether everything is the same
replay-receipt = The receipt's id

audit = Shows a person's audit log
audit-verify = Verifies the whole log, compares grants, receipts and rows with it, and says whether anything was changed, omitted or restored to an older state
audit-verify-head = A head of the log that you kept: "mesinfos audit" prints it last, and a receipt contains one. Says whether the log still contains it

erase = Erases all data of a person: destroys their keys, so that no copy can be read, and deletes the files
erase-yes = Do not ask for confirmation

backup = Writes the whole store to a file, sealed as stored and without the keys. No server may be running
backup-to = The file to create
restore = Restores a backup to a data folder that has its keys and no store, and says which vaults open
restore-from = The file
store = Creates a store on PostgreSQL, and checks it
store-init = Creates the store in an empty database; leaves an existing one as it is
store-check = Says which version and format the store has, and what its operator should know

doctor = Checks the data folder, its keys, the disk and this machine, and says what is wrong and what to do
doctor-deep = Also opens every vault and verifies every audit log, which reads all of them
personas = Lists sample people, writes their holders' files, or imports them
personas-names = Only these people; by default all
personas-out = Write each person's files to a folder named after them, inside this one
personas-import = Import each person's files into a vault named after them
personas-seed = A different number gives the same people different days
personas-people = Write instead the files of this many people, with one year of bank, energy and telephone data

formats = Lists the formats that can be imported, with their categories, origin and description
dictionary = Describes each category of data, field by field
dictionary-category = Only this category

completions = Prints a script with which a shell completes the command line: "mesinfos completions bash > FILE", then "source FILE"
completions-shell = The shell

man = Writes the manual pages, one for each command
man-out = The folder to write them to
