drop index ix_rating_trace_rated on rating_trace;
