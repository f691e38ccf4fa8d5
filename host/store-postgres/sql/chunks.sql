select chunk, body from {schema}.chunk where person = $1 and chunk = any ($2)
