# The text shown before an answer: its words are part of the grant. To change one is to change the version (notice.rs).

head = Request for consent, version { $version } of this text, in English
app = App: { $name } ({ $id }), version { $version }, by { $publisher } ({ $standing })
signed = signed: each version comes from the same author
declared = declared name, not signed
component = Program (SHA-256): { $digest }
purpose = Purpose: { $purpose } ({ $iri })
summary = What the app says it does: "{ $summary }"
mode = What it can do: read what you give, and show you a result. It cannot keep, send, or propose to send anything.
asks = { $categories ->
    [one] It asks for one kind of data. You give what you want; refusing changes nothing else.
   *[other] It asks for { $categories } kinds of data. You give those that you want; refusing changes nothing else.
}
required = needed
optional = optional
sensitive = sensitive data, confirmed separately
category = { $category } ({ $how })
fields = Fields: { $fields }
by-name = Only if you name them: { $fields }
no-fields = Fields: none
period-all = Period: everything
period-months = { $months ->
    [one] Period: this month and the one before
   *[other] Period: this month and the { $months } before
}
undated = Including rows without a date
grain = Level of detail: { $grain }, or less if you choose so
why = What the author says about it: "{ $why }"
recipient = Recipient: you alone. Nothing leaves your vault.
retention-app = Kept by the app: nothing. Its program is removed from memory after each run (PT0S).
retention-result = Kept in your vault: the result, until you erase it or stop the app.
basis = Legal basis: your consent (GDPR, article 6(1)(a)).
basis-explicit = For sensitive data: your explicit consent (GDPR, article 9(2)(a)).
withdrawal = Withdrawal: whenever you want, as easily as you give.
