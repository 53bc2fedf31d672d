-- That the database went back in time: until when it surely has everything, and when that was told here.
create table if not exists payout_journal_restore (
    kept_until     timestamp(6) with time zone not null primary key,
    restored_at    timestamp(6) with time zone not null,
    repeated_until timestamp(6) with time zone not null,
    who            varchar                     not null
);
