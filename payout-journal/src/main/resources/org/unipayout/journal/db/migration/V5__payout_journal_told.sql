-- The last call that somebody began to tell listeners of as unclear. A machine may die in the middle of it, while the answer is stored.
alter table payout_journal add column if not exists told_unclear bigint default 0 not null;
