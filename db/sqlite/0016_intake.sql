drop index ix_rating_trace_device;

create index ix_rating_trace_device on rating_trace (device_hash, rated_at) where has_ticket = 0 and device_hash is not null;
create index ix_rating_presence on rating (presence, window_code) where presence is not null;
