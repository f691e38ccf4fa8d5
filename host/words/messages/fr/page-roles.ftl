# Les pages des autres rôles.

title = Votre page
signed-in-as = Votre session est ouverte sous le nom
comes-tester = Votre coffre et vos applications.
comes-developer = Déposez un composant, voyez ce que verront les testeurs, soumettez-le à relecture. La commande « mesinfos » fait de même sur votre machine, avec des vies fictives.
comes-holder = Ici viendront les envois pour vos clients et leur suivi. En attendant, la personne qui gère ce serveur peut créer un jeton de dépôt. Vous ne verrez jamais ce qu’une personne fait de ses données.
comes-researcher = Ici viendront les tableaux de l’observatoire : des sommes où personne ne peut être reconnu. Aucune ligne d’une personne ne s’y trouvera.
comes-operator = La santé du serveur, les invitations et les applications à relire. Vous ne voyez les données de personne.
no-break-glass = Aucune page ni aucune commande n’ouvre les données d’une personne à votre place ou à la sienne : il n’y a pas d’accès de secours. Qui tient la machine et ses clés pourrait pourtant en abuser ; la page « Vie privée » le dit à chacun.
ready = Le serveur est prêt
invitations = Invitations
invitations-lead = Une invitation sert une fois. Son code n’est montré qu’au moment où vous la faites.
role = Rôle
days = Valable, en jours
invite = Faire une invitation
none-pending = Aucune invitation n’attend de réponse.
made-at = Faite le
ends-at = Valable jusqu’au
withdraw = Retirer
new-invitation = Une nouvelle invitation
valid-until = Elle sert une fois, jusqu’au { $at }.
or-address = Le code peut être tapé, ou l’adresse ouverte :
qr = La même adresse en code QR
shown-once = Cette page ne s’affiche qu’une fois : seul un condensé du code est gardé.
back = Toutes les invitations
