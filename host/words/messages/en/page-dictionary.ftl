# The data dictionary, for those who write apps.

title = Data dictionary
lead = What each of the { $categories } categories has, and what an app may ask of it. The examples are of people who do not exist.
fields = { $fields ->
    [one] { $fields } field
   *[other] { $fields } fields
}
sensitive = more personal: confirmed separately
ask = How to ask for it
ask-why = The manifest says why. The code imports only the fields that it reads: importing is asking, and the person sees exactly these fields.
why = to …
the-fields = The fields
example = examples
rows = Rows, as they arrive
rows-why = A row of each kind and of each holder, in the sample lives. Fields that a row lacks are missing for the app too.
no-rows = No sample life has rows of this category.
row-of = { $holder }, life “{ $life }”
app-gets = the app gets
person-reads = the person reads
