-- Any number of ranges of one person, in one statement and so from one snapshot. The limits are inside: without them
-- the plan reads all records of the person for each range.
select w.n, r.key, r.value
from unnest($2::bytea[], $3::bytea[], $4::bigint[], $5::bool[]) with ordinality w(low, high, most, is_backwards, n)
cross join lateral (
    (select key, value from {schema}.record
     where not w.is_backwards and person = $1 and key >= w.low
         -- Keys are shorter: an index row has less than 2 704 bytes.
         and key < coalesce(w.high, decode(repeat('ff', 2704), 'hex'))
     order by key limit w.most)
    union all
    (select key, value from {schema}.record
     where w.is_backwards and person = $1 and key >= w.low
         and key < coalesce(w.high, decode(repeat('ff', 2704), 'hex'))
     order by key desc limit w.most)
) r
