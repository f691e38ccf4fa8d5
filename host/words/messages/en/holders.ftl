# How to download one's data, by holder. The keys are those of the register (host/model/src/holder.rs).

amazon = Your account, “Request your data” (under “Your data and privacy”): choose “Your orders”. An e-mail tells you when the archive is ready.
apple = At privacy.apple.com, “Request a copy of your data”. Health data is exported from the iPhone: Health app, your picture, “Export all health data”.
bnp-paribas = In your customer account, the page of the account offers to download or export its transactions: choose a CSV or OFX file, and the dates.
boursobank = On the page of the account, above the transactions, “Exporter”: a CSV file.
caisse-epargne = In your customer account, the page of the account offers to download or export its transactions: choose a CSV or OFX file, and the dates.
cic = In the list of accounts, “Télécharger”: choose an OFX or CSV format, and the dates.
credit-agricole = In the transactions of the account, “Télécharger des opérations”: choose an OFX or CSV format, and the dates.
credit-mutuel = In the list of accounts, “Télécharger”: choose an OFX or CSV format, and the dates.
edf = In your customer account, the page about consumption has “Télécharger mes consommations”.
enedis = In your account, the page of your readings has “Télécharger mes mesures”: by day, and by half hour if you have switched on the collection of hourly consumption.
facebook = Settings, “Accounts Centre”, “Your information and permissions”, then the export of your information: choose JSON.
google = At takeout.google.com, choose what you want to take, then “Create export”. Trips (“Timeline”) are exported from the phone: location settings, “Timeline”.
grdf = In your account, the page of your consumption lets you download your data: a workbook.
la-banque-postale = In your customer account, the page of the account offers to download or export its transactions: choose a CSV or OFX file, and the dates.
linkedin = Settings, “Data privacy”, “Get a copy of your data”.
mon-espace-sante = Each of your documents can be downloaded. Keep them here as they are.
revolut = On the page of the account, “Statement”: choose Excel (a CSV file) and the dates.
societe-generale = In your customer account, the page of the account offers to download or export its transactions: choose a CSV or OFX file, and the dates.
strava = Settings, “My account”, “Download or delete your account”, then request your archive: nothing is deleted. An e-mail tells you.
uber = On the site, in the privacy centre, “Download your data”. An e-mail tells you.
whatsapp = In a chat, the menu “More”, “Export chat”, without media.
