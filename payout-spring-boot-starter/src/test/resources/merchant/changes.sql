--liquibase formatted sql

--changeset shop:merchant-1
create table merchant_order (id varchar(40) not null primary key);
