-- What vouches for a notification: the name of a history key, and a hash under it. Null without a key.
alter table payout_journal_webhook add column if not exists mark varchar;
