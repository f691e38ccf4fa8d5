# Un hackathon : ses pages, ses erreurs, ce que dit la commande, et l’archive de ce qui a été remis.

# Les erreurs
is-event = Le dossier { $path } est celui d’un événement : rien d’autre ne l’ouvre. Rien n’a été lu ni écrit.
not-an-event = Le dossier { $path } n’est pas celui d’un événement. Rien n’a été lu ni écrit.
only-samples-here = C’est un événement : il n’y a ici que des personnes inventées, et aucun fichier n’y entre. Rien de ce que vous avez envoyé n’a été gardé.
no-event = Il n’y a pas d’événement ici.
exists = Il y a déjà un événement dans ce dossier.
wrong-code = Ce code n’est pas de cet événement, ou il a déjà servi. Vérifiez-le sur l’écran ou auprès de la personne qui organise.
bad-name = Un nom a de 1 à { $most } caractères.
name-taken = Une autre équipe porte déjà ce nom : choisissez-en un autre.
bad-teams = Un événement a de 1 à { $most } équipes.
bad-deadline = L’heure de la remise est déjà passée : donnez-en une à venir.
too-many-teams = Il y a déjà { $most ->
    [one] une équipe
   *[other] { $most } équipes
} : rejoignez-en une.
too-many-members = Cette équipe a déjà { $most ->
    [one] un membre
   *[other] { $most } membres
}.
too-many-jurors = Le jury a déjà { $most ->
    [one] un membre
   *[other] { $most } membres
}.
no-such-team = Il n’y a pas d’équipe ici.
no-such-juror = Il n’y a pas de membre du jury ici.
submissions-over = La remise est close : rien n’a été changé.
not-yet = La remise est encore ouverte : le vote commence après.
vote-over = Le vote est clos : rien n’a été changé.
vote-open = Le vote est encore ouvert : fermez-le d’abord.
own-team-refused = On ne vote pas pour sa propre équipe : rien n’a été changé.
nothing-handed-in = Cette équipe n’a rien remis.
bad-ballot = Un bulletin a une note de 1 à 5 pour chaque critère, et un commentaire de { $most } caractères au plus. Rien n’a été changé.
no-randomness = Le système ne donne pas de hasard : rien n’a été fait.
unreadable = Ce qui est gardé de l’événement ne se lit pas.

# Ce qui se passe
stage-left = Il reste { $left } avant la fin de la remise, { $at }.
stage-open = La remise est ouverte, jusqu’à ce que la personne qui organise la ferme.
stage-vote = La remise est close. Le jury vote.
stage-vote-closed = Le vote est clos. Le classement va être montré.
stage-revealed = Le classement est connu.
published = publiée
handed-in = remise
draft = en préparation
nothing = rien encore
only-samples = Il n’y a ici que des personnes inventées. Aucune vraie donnée n’y entre.

# Rejoindre
join-with = Code de l’événement
join-title = Rejoindre l’événement
join-lead = Tapez le code qui est à l’écran.
code = Code
continue = Continuer
iam-juror = Je suis membre du jury
iam-organiser = J’organise cet événement
your-name = Votre nom, tel que les autres le verront
your-name-why = Un prénom ou un pseudonyme suffit.
new-team = Une nouvelle équipe
team-name = Nom de l’équipe
create-team = Créer l’équipe
no-new-team = Aucune équipe ne peut plus être créée : rejoignez-en une.
old-team = Une équipe qui existe
team = Équipe
team-code = Code de l’équipe
team-code-why = Ses membres le voient sur leur page.
wrong-team-code = Ce n’est pas le code de cette équipe. Demandez-le à l’un de ses membres.
join-team = Rejoindre l’équipe
session-why = Ni adresse ni mot de passe : ce navigateur garde votre place. Depuis un autre, rejoignez l’équipe avec son code.

# Une équipe
counts = Ce qui compte : { $app } { $version }, remise { $at }. Une version remise plus tard la remplace.
nothing-counts = Vous n’avez encore rien remis.
hand-in-how = Déposez un fichier .wasm signé, regardez le rapport, essayez-le sur les vies d’exemple, puis soumettez-le : c’est la remise.
members = Membres
team-code-is = Code de l’équipe :
team-code-tell = Dites-le à qui doit la rejoindre, et à personne d’autre.
token-why = Pour remettre depuis un terminal, avec « mesinfos publish ».
new-token = Créer un jeton
token-title = Jeton de l’équipe
token-once = Il n’est montré qu’une fois. Il vaut sept jours, pour cet événement seulement.
token-how = Mettez-le dans un fichier « team.token », puis :
back = Retour

# Le jury
jury-title = Rejoindre le jury
jury-lead = Tapez le code que vous a donné la personne qui organise.
juror-named = Bulletins de { $name }
own-team = Votre équipe, si vous en avez une
own-team-why = On ne vote pas pour sa propre équipe.
no-team = Aucune
juror-once = Ce code ouvre vos bulletins dans ce navigateur, une seule fois.
begin-jury = Ouvrir mes bulletins
ballots-title = Vos bulletins
your-team = votre équipe
own-team-not = C’est votre équipe : vous ne votez pas pour elle.
given = Vos notes : { $marks }
not-given = pas encore noté
ballot = Bulletin
usefulness = Utilité
usefulness-why = Des gens s’en serviraient-ils ? 1 : personne, 5 : beaucoup.
minimisation = Sobriété des données
minimisation-why = Ne demande-t-elle que ce qu’il lui faut ? 1 : bien plus, 5 : rien de trop.
clarity = Clarté
clarity-why = Comprend-on ce qu’elle dit ? 1 : à peine, 5 : tout de suite.
choose = Choisissez
comment = Commentaire
comment-why = Facultatif. Seule la personne qui organise le lira, après le vote.
vote = Enregistrer le bulletin

# Le classement
ranking = Classement
means = Moyennes par équipe
rank = Rang
mean = Moyenne
mean-of = { $mean } sur 5, { $ballots ->
    [one] { $ballots } bulletin
   *[other] { $ballots } bulletins
}
ballots = Bulletins
nobody-handed-in = Aucune équipe n’a remis d’application.

# La personne qui organise
projector = Page à projeter
export = Télécharger tout ce qui a été remis
teams = Les équipes
teams-of = { $teams ->
    [one] { $teams } équipe
   *[other] { $teams } équipes
}, { $most } au plus
to-do = À faire
deadline = Fin de la remise
deadline-why = Heure de Paris. Avancez-la ou reculez-la tant que la remise est ouverte ; l’écran et la page de chaque équipe suivent.
move-deadline = Changer l’heure
close-submissions-why = Plus personne ne pourra remettre, et le vote commencera.
close-submissions = Fermer la remise
close-vote-why = Les bulletins ne changeront plus. Vous verrez le classement avant de le montrer.
close-vote = Fermer le vote
reveal-why = Le classement paraîtra sur l’écran et sur la page de chaque équipe.
reveal = Montrer le classement
all-done = Tout est fait. Téléchargez ce qui a été remis.
jury = Jury
jury-why = Chaque membre a son code, qui ne sert qu’une fois. Les bulletins ne se lisent pas avant la fin du vote.
juror-gave = { $ballots ->
    [0] aucun bulletin
    [one] { $ballots } bulletin
   *[other] { $ballots } bulletins
}
juror-waits = n’a pas encore ouvert ses bulletins
juror-name = Nom d’un membre du jury
add-juror = Ajouter
comment-by = { $name } : { $comment }
juror-code-why = Donnez ce code à cette personne seulement. Il ouvre ses bulletins, une fois.
juror-began = Cette personne a ouvert ses bulletins : son code ne sert plus.
renew-why = Un autre code, si le téléphone est perdu : ce que le premier a ouvert se ferme, les bulletins restent.
renew = Donner un autre code
qr = Le code QR de cette adresse

# La page à projeter
ready = { $teams ->
    [one] { $teams } équipe
   *[other] { $teams } équipes
}, { $ready ->
    [one] { $ready } application prête
   *[other] { $ready } applications prêtes
}
before = avant la fin de la remise, { $at }
join-at = Pour commencer :

# La commande
made = L’événement « { $name } » a son dossier : { $path }
made-until = La remise se ferme { $at }.
made-open = La remise n’a pas d’heure : vous la fermerez sur votre page.
made-next = Il n’y a dans ce dossier que des personnes inventées, et il n’y en aura jamais d’autres.
join-here = Pour rejoindre : { $url } avec le code { $code }
organiser-here = Pour organiser, sur cette machine et dans les { $minutes } minutes : { $url }

# L’archive
readme-name = LISEZMOI.txt
readme-title = Ce qui a été remis : { $name }
readme-made = Archive faite { $at } : { $teams ->
    [one] { $teams } équipe
   *[other] { $teams } équipes
}, dont { $ready ->
    [one] { $ready } a remis une application
   *[other] { $ready } ont remis une application
}.
readme-folders = Chaque équipe qui a remis a un dossier : app.wasm (l’application, signée), manifest.json (ce qu’elle dit d’elle-même), RAPPORT.txt et REPORT.txt (ce qui a été vérifié), result.json (ce que le jury en a dit).
readme-result = Dans result.json : le rang (les équipes de même moyenne le partagent), la moyenne en centièmes, et chaque bulletin avec le nom du membre du jury. Ne publiez pas les bulletins sans l’accord du jury.
readme-no-result = Le vote n’est pas clos : result.json n’a encore ni rang ni bulletin.
readme-install = Pour lire ce que demande une application : mesinfos check app.wasm. Aucune n’a tourné sur de vraies données.
report-name = RAPPORT.txt
report-team = Équipe { $team } : { $members }
report-app = { $app } { $version }, remise { $at }
report-says = Ce qu’elle dit d’elle-même : { $text }
report-reads = Ce qu’elle demande : { $categories }
report-reads-nothing = Elle ne demande aucune donnée.
report-size = Taille : { $size }
report-refused = Elle marche quoi qu’on lui refuse de facultatif, sur toutes les vies d’exemple.
report-digest = SHA-256 du fichier : { $digest }
