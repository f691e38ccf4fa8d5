select {schema}.delete_chunks($1, $2, $3)
