# Around every page.

skip = Skip to content
main = Main
crumbs = Path to this page
home = Home
data = Data
apps = Apps
journal = Journal
settings = Settings
other-language = FR, français
change-theme = Change theme: light or dark
account = My account
sign-out = Sign out
help = A question?
privacy = Privacy
accessibility = Accessibility: partly compliant
pages = Site map
keep = Keep it
ends-soon = Unless you do something, this session ends in less than two minutes.
stay = Stay
invented = Invented data
life-of = : the life of “{ $life ->
    [cycliste] cyclist
    [famille] family
    [retraitee] pensioner
   *[other] { $life }
}”.
life-day = In this life, today is { $day }.
nobody-real = This person does not exist.
other-life = Choose another life
with-my-data = With my data
