-- One slot: the partitions of the persons whose ids begin with its six bits. `house` has the same tables, with a
-- single partition. {schema} and {slot} are replaced.
create schema {schema};

create table {schema}.record (
    person uuid not null,
    key bytea not null,
    value bytea not null,
    primary key (person, key)
);
-- Sealed bytes do not become smaller.
alter table {schema}.record alter column key set storage plain, alter column value set storage external;

create table {schema}.chunk (
    person uuid not null,
    chunk uuid not null,
    at timestamptz not null default now(),
    body bytea not null,
    primary key (person, chunk)
);
alter table {schema}.chunk alter column body set storage external;

-- Outcomes of commits, by their ids: a commit that is sent again is not applied again.
create table {schema}.applied (
    person uuid not null,
    commit uuid not null,
    at timestamptz not null default now(),
    -- False: a conflict.
    is_done bool not null,
    primary key (person, commit)
);

-- Applies a commit; false on a conflict. Commits of one person are serial, because they take the person's lock, and
-- each statement after it sees what the one before has committed.
create function {schema}.commit(
    of_person uuid, id uuid, program int,
    -- By the clock of the server: a commit that its sender has given up is not applied any more.
    latest timestamptz,
    -- Whether it was sent before, with an unknown outcome.
    is_again bool,
    expected_keys bytea[], expected_values bytea[], named uuid[],
    deleted bytea[], put_keys bytea[], put_values bytea[]
) returns bool language plpgsql as $$
declare
    outcome bool;
begin
    perform mesinfos.admit({slot}::int2, program);
    perform pg_advisory_xact_lock(uuid_hash_extended(of_person, 0));
    select a.is_done into outcome from {schema}.applied a where a.person = of_person and a.commit = id;
    if found then
        perform mesinfos.wait_for_standbys();
        return outcome;
    end if;
    if clock_timestamp() > latest then
        raise exception using errcode = 'MI004', message = 'the commit comes too late';
    end if;
    outcome := not exists (
        select from unnest(expected_keys, expected_values) e(key, value)
        where (select r.value from {schema}.record r where r.person = of_person and r.key = e.key)
            is distinct from e.value
    ) and not exists (
        select from unnest(named) n(chunk)
        where not exists (select from {schema}.chunk c where c.person = of_person and c.chunk = n.chunk)
    );
    if outcome then
        delete from {schema}.record r where r.person = of_person and r.key = any (deleted);
        insert into {schema}.record as r (person, key, value)
            select of_person, p.key, p.value from unnest(put_keys, put_values) p(key, value)
            on conflict (person, key) do update set value = excluded.value;
    end if;
    -- The conflict of a commit that was sent before is an outcome too: the earlier message may still be on its way.
    if outcome or is_again then
        insert into {schema}.applied (person, commit, is_done) values (of_person, id, outcome);
    end if;
    return outcome;
end $$;

create function {schema}.put_chunks(of_person uuid, program int, ids uuid[], bodies bytea[])
returns void language plpgsql as $$
declare
    written int;
begin
    perform mesinfos.admit({slot}::int2, program);
    insert into {schema}.chunk (person, chunk, body)
        select of_person, p.chunk, p.body from unnest(ids, bodies) p(chunk, body)
        on conflict (person, chunk) do nothing;
    get diagnostics written = row_count;
    if written < cardinality(ids) then
        perform mesinfos.wait_for_standbys();
    end if;
end $$;

-- Deletes chunks; all of the person, if `ids` is null. Takes the lock of commits: one that names a chunk and this
-- cannot both succeed.
create function {schema}.delete_chunks(of_person uuid, program int, ids uuid[])
returns void language plpgsql as $$
begin
    perform mesinfos.admit({slot}::int2, program);
    perform pg_advisory_xact_lock(uuid_hash_extended(of_person, 0));
    if ids is null then
        delete from {schema}.chunk c where c.person = of_person;
    else
        delete from {schema}.chunk c where c.person = of_person and c.chunk = any (ids);
    end if;
    if not found then
        perform mesinfos.wait_for_standbys();
    end if;
end $$;

insert into mesinfos.owned (slot, state) values ({slot}, 'here');
