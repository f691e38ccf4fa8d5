-- What a server keeps beside the records and chunks: whether it may be written, and which slots it has.
create schema mesinfos;

create table mesinfos.gate (
    -- Format of the schema.
    format int not null,
    -- The oldest format that a program which writes here may speak.
    oldest_program int not null,
    mode text not null check (mode in ('open', 'read-only', 'closed')),
    is_the_only_row bool primary key default true check (is_the_only_row)
);

create table mesinfos.owned (
    slot int2 primary key,
    state text not null check (state in ('here', 'moving'))
);

-- Fails unless a program may write to a slot here now.
--
-- Who closes the gate or moves a slot commits that first, and then takes this lock exclusively, once: afterwards
-- nobody who read the earlier state is still under way.
create function mesinfos.admit(wanted int2, program int) returns void language plpgsql as $$
declare
    gate mesinfos.gate;
    found_state text;
begin
    perform pg_advisory_xact_lock_shared(19785, wanted);
    select * into strict gate from mesinfos.gate;
    if gate.mode <> 'open' then
        raise exception using errcode = 'MI001', message = format('the gate is %s', gate.mode);
    end if;
    if program < gate.oldest_program then
        raise exception using errcode = 'MI003', message = 'this program is too old for the schema';
    end if;
    select o.state into found_state from mesinfos.owned o where o.slot = wanted;
    if found_state is distinct from 'here' then
        raise exception using errcode = 'MI002',
            message = format('slot %s is %s', wanted, coalesce(found_state, 'elsewhere'));
    end if;
end $$;

-- Writes to the log without a change. A repeated write that finds its work done would else be acknowledged without
-- waiting for the standbys, which may not have it yet.
create function mesinfos.wait_for_standbys() returns void language sql as $$
    select pg_logical_emit_message(true, 'mesinfos', '')
$$;

-- At most `most` persons who have a record or a chunk, in order, after a person (null: from the first).
create function mesinfos.persons(after_person uuid, most int) returns setof uuid language plpgsql stable as $$
declare
    first_slot int := coalesce(get_byte(uuid_send(after_person), 0) >> 2, 0);
    compared text;
    last_person uuid;
    remaining int := most;
    written int;
begin
    for slot in first_slot .. 63 loop
        exit when remaining <= 0;
        -- Of another slot, the first person counts too.
        compared := case when slot = first_slot and after_person is not null then '>' else '>=' end;
        last_person := coalesce(case when slot = first_slot then after_person end,
                                '00000000-0000-0000-0000-000000000000'::uuid);
        -- From one person to the next, past all that the first one has.
        return query execute format($q$
            with recursive each(person) as (
                select least((select person from %1$I.record where person %2$s $1 order by person limit 1),
                             (select person from %1$I.chunk where person %2$s $1 order by person limit 1))
                union all
                select least((select r.person from %1$I.record r where r.person > each.person order by r.person limit 1),
                             (select c.person from %1$I.chunk c where c.person > each.person order by c.person limit 1))
                from each where each.person is not null
            ) select person from each where person is not null limit $2
        $q$, 's' || lpad(to_hex(slot), 2, '0'), compared) using last_person, remaining;
        get diagnostics written = row_count;
        remaining := remaining - written;
    end loop;
end $$;

-- Forgets the outcomes of commits that nobody repeats any more.
create function mesinfos.sweep() returns void language plpgsql as $$
declare
    schema_name text;
begin
    for schema_name in
        select 's' || lpad(to_hex(slot), 2, '0') from generate_series(0, 63) slot union all select 'house'
    loop
        execute format('delete from %I.applied where at < now() - interval ''1 hour''', schema_name);
    end loop;
end $$;
