alter table case_file add column against text not null default 'Window';

-- A lane between the hall's and the director's: the later ones move up, the last one first.
update case_file set lane = lane + 1 where lane > 0;
update daily_count set lane = 3 where lane = 2;
update daily_count set lane = 2 where lane = 1;
