-- What a person should look at and what listeners have not heard, in the order in which it was asked for, page by page.
create index if not exists payout_journal_attention_listing on payout_journal (attention, requested_at, reference);
create index if not exists payout_journal_undelivered_listing on payout_journal (undelivered, requested_at, reference);

-- They serve for these two as well.
drop index if exists payout_journal_attention;
drop index if exists payout_journal_undelivered;
