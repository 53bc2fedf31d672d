create table payment (
    reference varchar(32)  not null primary key,
    recipient varchar(120) not null,
    purpose   varchar(120) not null
);
