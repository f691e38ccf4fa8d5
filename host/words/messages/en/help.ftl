# The help of the "mesinfos" command. A key is the path of a command ("token-create"), followed by the name of one of its
# arguments; "any-" is for all commands with that argument.

mesinfos = Your personal data, and apps that use it without keeping any of it.

any-help = Prints help
any-version = Prints the version
any-json = Prints results as JSON
any-data = The data folder; by default mesinfos in $XDG_DATA_HOME or in ~/.local/share
any-lang = The language, fr or en; by default that of the system
any-isolation = Where apps run and files are read: each in a process of its own that can only compute (process, on Linux) or in this one (in-process); by default apart where that is possible
any-person = The person's name
any-app = The app's id
any-today = The date given to the app; by default today
any-port = The port
any-period = Only these days: 2011, 2011-03, 2011-03-05, 2011-03..2011-06, 2011..

demo = Creates sample people, imports their files, gives the grants, runs every app, then serves the pages
demo-apps = The folder with the built apps (*.wasm); by default those that come with the command
demo-samples = People to use instead of the sample people: a folder with a folder of files for each person
demo-once = Prints the results and exits

gallery = Makes a folder of what every app shows every sample person, in French and English (or the language of --lang)
gallery-names = Names of sample people; by default all
gallery-apps = The folder with the built apps (*.wasm); by default those that come with the command
gallery-out = Where to put it
gallery-samples = People to use instead of the sample people: a folder with a folder of files for each person
gallery-today = The date given to the apps; by default that of the sample people, else today

serve = Serves the HTTP API and the pages on this machine
serve-host-names = A name that the server answers to, besides 127.0.0.1 and localhost: that of the proxy in front of it. Repeat it for several
serve-port = The port, by default 7380
serve-config = A file with settings of the server (port, host-names, log, isolation) that flags override; by default mesinfos.toml in the data folder, if it is there
serve-log = The form of the messages that the server writes to standard error, without anybody's data: off (no messages), text or json. By default what MESINFOS_LOG says, else text

open = Prints an address that opens the pages of the running server, once

token = Creates, lists and revokes tokens for the HTTP API
token-create = Creates a token, and shows it once
token-create-scope = What it allows: sending files for the people named (deposit), reading the figures of the server (metrics), or everything, for everybody (all)
token-create-people = A person it deposits files for. Repeat it for several
token-create-new = Let its first file create the vault of a person who has none yet
token-create-expires = How many days it is valid
token-create-name = Who gets it, such as "EDF"
token-list = Lists the tokens: who has them, what they allow and until when
token-revoke = Revokes a token, at once
token-revoke-id = Its id: "mesinfos token list" shows it

import = Imports holders' files into a person's vault
import-person = The person's name; their vault is created if it does not exist
import-files = Files, or archives (ZIP) of files
import-document = Keep the files as documents, whatever they are: sealed in the vault, as they came
import-dry-run = Write nothing: say what would come in, and what would be rejected and why
import-rejects = Write the rows that were rejected to this new CSV file: the file, the place in it, the field, the reason, and the line itself (its first 4 KiB) where the file is of lines and in no archive

imports = Lists a person's imports

rows = Shows a person's rows of a category, each with the file and the place in it that it came from
rows-category = The category
rows-limit = The largest number of rows; 0 for all

documents = Lists the documents that are kept of a person, or gets one back as it came
documents-id = The document's id
documents-output = Where to put it

undo = Undoes an import, whole
undo-import = The number of the import: "mesinfos imports" lists them

check = Says what an app asks for, and why it would be refused
check-app = The component

build = Builds an app from its folder (Cargo.toml, mesinfos.toml, src/) into a component
build-folders = The app's folder, or several of one workspace, which are then built together
build-component = Build nothing: take the component that another toolchain made of the folder, and add its mesinfos.toml
build-output = Where to put it: a file, or a folder for several apps; by default apps/ID.wasm in the target directory

install = Installs an app, or a new version of it
install-app = The component
install-new-publisher = Let it take the place of an app of the same id that another publisher made
uninstall = Removes an installed app. What people gave it stays, and counts again if the same component is installed again
uninstall-app = The id of the app

apps = Lists what is installed

people = Lists the people, or what is in one person's vault

grant = Lets an app see categories of a person's data
narrow = Lets an app see less than it was given
grant-categories = A category to give, such as bank or energy. Repeat it for several; by default all that the app asks for. The options below hold for all categories named: to choose category by category, grant first, then "mesinfos narrow" with --category
narrow-categories = A category to narrow, such as bank or energy. Repeat it for several; by default all that are given. The options below hold for all categories named; the others stay as they are
narrow-drop = A category to give no longer at all. Repeat it for several
any-undated = With --period: also rows that have no date, such as contacts or allergies
any-granularity = No finer than: raw (exact), rounded, hourly (by the hour), daily (by the day) or monthly (by the month); "mesinfos dictionary" says which a category has
any-fields = Only these fields, with commas between them, such as amount,label: "mesinfos dictionary" shows them. Fields that are given only by name have to be here
any-holders = Only rows of these holders, with commas between them
any-without = Without these rows, by their ids, such as 3.0.17; "mesinfos rows" shows them
grant-until = The last day of the grant, such as 2027-01-31; by default until it is withdrawn
grant-component = Only if this component of the app is installed: its SHA-256, as "mesinfos check" and "mesinfos apps" show it; by default the installed one, which is shown

grants = Lists the grants of a person that are in force, the newest first
grants-all = Also lists those that are no longer in force; --json always has all of them, the oldest first
pause = Switches an app off for a person; its grant stays
resume = Switches a paused app on again
revoke = Withdraws the grant that an app was given

run = Runs an app for a person and prints its result
run-params = A setting: --param name=value. Repeat it for several

receipts = Lists the receipts of a person's runs
replay = Runs an app again from a receipt, and says whether everything came out the same
replay-receipt = The receipt's id

audit = Shows a person's audit log
audit-verify = Walks the whole log, holds grants, receipts and rows against it, and says whether anything was changed, left out or put back to an older state
audit-verify-head = A head of the log that you kept: "mesinfos audit" prints it last, and a receipt has one. Says whether the log still contains it

erase = Erases all data of a person: destroys its keys, so that no copy can be read, and deletes the files
erase-yes = Do not ask for confirmation

backup = Writes the whole store to a file, sealed as it stands and without the keys. No server may be running
backup-to = The file, which is created
restore = Puts a backup back into a data folder that has its keys and no store, and says whose vaults open
restore-from = The file
doctor = Looks at the data folder, its keys, the disk and this machine, and says what is wrong and what to do
doctor-deep = Also opens every vault and verifies every audit log, which reads all of them
personas = Lists sample people, writes their holders' files, or imports them
personas-names = Only these people; by default all
personas-out = Write each person's files to a folder named after them, in this one
personas-import = Import each person's files into a vault named after them
personas-seed = Another number gives other days to the same people
personas-people = Write the files of so many people with one year of bank, energy and telephone instead

formats = Lists the formats that can be imported, with their categories, origin and description
dictionary = Says what each category of data holds, field by field
dictionary-category = Only this category
