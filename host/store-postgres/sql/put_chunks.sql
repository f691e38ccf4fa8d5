select {schema}.put_chunks($1, $2, $3, $4)
