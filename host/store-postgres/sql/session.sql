-- Settings of a session.
-- The three statements have one good plan each.
set plan_cache_mode = force_generic_plan;
set enable_seqscan = off;
set enable_bitmapscan = off;
-- The functions rely on it: a statement after a lock sees what the one before has committed.
set default_transaction_isolation = 'read committed';
set search_path = pg_catalog, pg_temp;
set client_min_messages = warning;
-- Who waits longer for a person's lock has been given up. Never a limit for statements: it would cut a commit that waits
-- for the standbys.
set lock_timeout = {lock_timeout};
select set_config(name, '0', false) from pg_settings
where name in ('statement_timeout', 'transaction_timeout', 'idle_session_timeout', 'idle_in_transaction_session_timeout');
-- An acknowledged commit is on disk, and on the standbys that the server waits for.
select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', 'local');
