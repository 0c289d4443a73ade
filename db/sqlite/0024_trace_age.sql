drop index ix_rating_trace_rated;
