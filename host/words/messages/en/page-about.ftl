# Texts about the platform.

privacy-title = Privacy
privacy-lead = What becomes of what you put here, in five points.
keys-title = In your vault
keys = Each vault is encrypted with a key of its own. A copy of the disk without the keys says nothing about you.
apps-title = What apps can do
apps = An app computes over your rows, inside our server, and keeps nothing: no network, no files, no memory from one time to the next. It reads only what you granted. Its result is shown to you alone.
host-title = What the person who runs this server sees
host = The health of the server and the invitations, on its pages. That person also holds the machine and its keys: somebody who abused this could read the vaults. Choose a server whose operator you know.
browser-title = In your browser
browser = One cookie for the session, three for language, theme and text size. No page asks another site for anything.
leave-title = When you leave
leave = Your data, your grants and your key are destroyed at once; backups become unreadable. You keep a receipt.
access-title = Accessibility
access-lead = These pages are made to be read and used by everybody: by keyboard, with a screen reader, in large type, without a script.
access-how = They aim at level AA of WCAG 2.2. Each page is checked with a tool (axe-core), in light and dark, on small and large screens.
access-missing = No full audit by people has been made yet: conformance is therefore called partial.
