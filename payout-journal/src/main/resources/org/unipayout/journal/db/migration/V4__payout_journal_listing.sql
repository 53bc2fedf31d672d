-- Listings: payouts by status in the order in which they were asked for, and ends in the order in which they were recorded.
create index if not exists payout_journal_listing on payout_journal (status, requested_at, reference);
create index if not exists payout_journal_history_listing on payout_journal_history (status, happened_at, reference, number);

-- The first of them serves for this one too.
drop index if exists payout_journal_status;
