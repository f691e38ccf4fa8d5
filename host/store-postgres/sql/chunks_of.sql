select chunk, extract(epoch from clock_timestamp() - at)::float8 from {schema}.chunk where person = $1 order by chunk
