# Texts of the settings.

title = Settings
in-this-page = On this page
pause = Pause
pause-title = Pause everything
pause-lead = None of your grants lets anything be read until you come back. They wait; nothing is erased. A trial or a new grant is asked about separately.
pause-all = Pause everything
paused-since = Everything is paused since { $since }
paused-why = None of your grants lets anything be read. They wait for you; nothing is erased.
paused-but = Everything is paused since { $since }, except: { $apps }
paused-but-why = You let these apps read despite the pause. Your other grants wait for you.
resume-all = Resume everything
running = { $grants ->
    [0] No grant in force
    [one] { $grants } grant in force
   *[other] { $grants } grants in force
}
paused = { $grants ->
    [one] { $grants } grant is paused
   *[other] { $grants } grants are paused
}
display = Display
language = Language
theme = Theme
theme-device = As the device
theme-light = Light
theme-dark = Dark
text-size = Text size
text-normal = Normal
text-large = Large
text-larger = Larger
reading = Letters
reading-usual = Usual
reading-easy = More legible
reading-why = More legible: letters that differ more, shorter lines and more room between them.
save = Save
sign-in = Sign-in
take-away = Take everything with you
take-away-lead = { $rows ->
    [0] Your documents, grants, receipts and journal, in files that other programs can read: JSON and Parquet, and your documents as you added them. Files of data (statements, exports) are not in it: their rows are.
    [one] One row, your documents, grants, receipts and journal, in files that other programs can read: JSON and Parquet, and your documents as you added them. Files of data (statements, exports) are not in it: their rows are.
   *[other] { $rows } rows, your documents, grants, receipts and journal, in files that other programs can read: JSON and Parquet, and your documents as you added them. Files of data (statements, exports) are not in it: their rows are.
}
take-away-act = Prepare the archive
leave = Leave
leave-lead = You can leave today, without saying why. The next page says exactly what that does.
leave-act = Leave and erase everything
leave-asked = a last confirmation follows
leave-sample = This invented life is erased by itself after thirty minutes without a visit. You can also erase it now: nothing of it remains.
end-sample = Erase this invented life
