# Ce qui arrive à une autorisation, en un mot.

shown = demande
deferred = remise à plus tard
refused = refus
given = accord
paused = suspension
resumed = rétablissement
renewed = renouvellement
narrowed = restriction
expired = expiration
withdrawn = retrait
revoked = révocation
invalidated = invalidation
superseded = remplacement
