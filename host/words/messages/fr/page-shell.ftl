# Autour de toutes les pages.

skip = Aller au contenu
main = Principale
crumbs = Fil d’Ariane
home = Accueil
data = Données
apps = Applications
journal = Journal
settings = Réglages
other-language = EN, English
change-theme = Changer de thème : clair ou sombre
account = Mon compte
sign-out = Fermer la session
help = Une question ?
privacy = Vie privée
accessibility = Accessibilité : partiellement conforme
pages = Plan du site
keep = Ne rien changer
ends-soon = Sans action de votre part, cette session se ferme dans moins de deux minutes.
stay = Rester
invented = Données fictives
life-of = { "" } : la vie de « { $life ->
    [retraitee] retraitée
   *[other] { $life }
} ».
life-day = Dans cette vie, nous sommes le { $day }.
nobody-real = Cette personne n’existe pas.
other-life = Changer de vie
with-my-data = Avec mes données
