# The instructions in the archive of everything that a person has.

file-name = README.txt
title = MesInfos: everything that your vault contained
made = Archive made on { $at }.
private = This archive is not encrypted. Whoever finds it can read everything: keep it in a safe place.
rows = rows/: your rows, a file for each category. The .jsonl files have one line of JSON for each row, and the .parquet files have the same rows for a data analysis program. "id" is the address of the row: number of the import, number of the file in an imported archive (0 otherwise), place in that file.
values = Numbers are exact, in the unit that manifest.json gives for each field (for example minor-units: cents; mWh: milliwatt-hours). Dates and times are ISO 8601, in universal time. A missing value is not written.
papers = papers/: your documents, byte for byte. In rows/documents.jsonl, "paper" gives the file of each document.
texts = texts/: the text read in your documents, under the same number.
consents = consent/grants.json: your grants and everything that happened to them. consent/consent-receipts.jsonld: the same in the form of the standard ISO/IEC TS 27560, with terms of the W3C vocabulary DPV. consent/notices/: the exact text that you were shown before each answer, under its SHA-256.
receipts = consent/run-receipts.jsonl: a receipt for each run of an app, with what it read.
results = results/: the results that you keep.
letters = letters.jsonl: your letters to organisations, with their dates. Your own details are there only if you asked to keep them.
changes = changes.jsonl: the rows that you corrected, with what the organisation said, those that you deleted, and your notes. Of a deleted row, only SHA-256 hashes remain, by which it is known again in a file: whoever guesses its values could check the guess.
withheld = withheld.jsonl: what you show to no app.
mappings = mappings.jsonl: what you said about the columns of your tables.
journal = journal/audit.jsonl: your journal. Each entry has the hash of the one before; the hash of an entry is the SHA-256 of "mesinfos/audit/1", of the hash before and of the JSON text of "at", "by" and "event", each preceded by its length in eight bytes.
imports = imports.json: your imports, undone ones included.
list = manifest.json: the version of the archive, the fields of each category, the files that the rows came from, and the size and SHA-256 of each file of the archive.
elsewhere = Another instance of MesInfos takes this archive in on its page "Add data": all rows, with their values and their origin, your corrections, your notes, what you show to no app, and all documents. A row that you deleted does not come back there with the organisation’s file. If a file of the archive was changed, it takes in nothing.
not-taken-in = It takes in neither the grants, nor the receipts, nor the results, nor the letters, nor the texts that were read, nor the journal: they stay here, for you. No app is allowed anything there without asking you.
