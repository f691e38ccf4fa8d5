select pg_is_in_recovery() or current_setting('transaction_read_only')::bool,
    current_setting('server_version_num')::int, clock_timestamp(), to_regclass('mesinfos.gate') is not null
