-- What vouches for a notification: the name of a history key, and a hash under it. Null without a key.
alter table payout_journal_webhook add column if not exists mark varchar;

-- The same for the transaction that the fence let through, until the history has a row of it.
alter table payout_journal add column if not exists let_through_mark varchar;
