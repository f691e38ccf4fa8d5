# What happens to a grant, in a word.

shown = request
deferred = deferral
refused = refusal
given = consent
paused = pause
resumed = resumption
renewed = renewal
narrowed = narrowing
expired = expiry
withdrawn = withdrawal
revoked = revocation
invalidated = invalidation
superseded = replacement
